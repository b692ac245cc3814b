-- A code sent from a number. One that was asked for on the web has its use there besides.
update one_time_code
set used_at = case when contact_id is null then used_at else :at end,
    phone_done_at = case when contact_id is null then :at::timestamptz end
where id = :id and void_at is null and case when contact_id is null then phone_done_at else used_at end is null
