-- Leases the lanes that have waited longest; their number fences off whoever held them before. The time is a sub-select, asked
-- once: as a volatile condition it could not use the index, and each look would walk past all lanes that wait for something.
-- The lanes are found as an array: a join would be planned for a tenth of all lanes (the limit is unknown then) and read them all.
update inbound_lane
set lease_no = lease_no + 1, attempts = attempts + 1, due_at = clock_timestamp() + :lease_ms * interval '1 millisecond'
where contact_key = any (array(
    select contact_key from inbound_lane
    where due_at <= (select clock_timestamp())
    order by due_at
    limit :limit
    for update skip locked
))
returning contact_key, lease_no, attempts
