-- Who proved a mailbox on the web and says that this number is theirs.
select id, email, user_id from one_time_code
where phone = :phone and contact_id is null and used_at > :since and phone_done_at is null and void_at is null
order by requested_at desc, id desc
limit 1
