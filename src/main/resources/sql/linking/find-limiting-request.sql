-- The request that has to become an hour old before there is room again: the contact's or the address's, whichever takes longer.
select max(requested_at) from (
    (select requested_at from one_time_code where contact_id = :contact_id and requested_at > :since
     order by requested_at desc offset :most - 1 limit 1)
    union all
    (select requested_at from one_time_code where email = :email and requested_at > :since
     order by requested_at desc offset :most - 1 limit 1)
) full_hour
having count(*) > 0
