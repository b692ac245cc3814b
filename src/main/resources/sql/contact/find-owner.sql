-- The number's contact before the user id's: the number is what an account was linked to.
select contact_id from (
    select id as contact_id, 1 as rank from contact where phone = :phone::text
    union all
    select contact_id, 2 from identity where channel = :channel and address = :user_id::text
) known
order by rank
limit 1
