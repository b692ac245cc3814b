-- The check that has to become an hour old before the visitor may ask again.
select asked_at from availability_check
where user_id = :user_id and asked_at > :since
order by asked_at desc
offset :most - 1
limit 1
