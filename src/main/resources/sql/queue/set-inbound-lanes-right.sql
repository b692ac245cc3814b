-- Wakes lanes whose time is so far ahead as only a clock can have put it that was set back since. One whose head was begun may still be
-- held: whoever holds it keeps it for a lease.
update inbound_lane
set due_at = clock_timestamp() + case when attempts > 0 then :lease_ms else 0 end * interval '1 millisecond'
where contact_key = any (array(
    select contact_key from inbound_lane
    where due_at > (select clock_timestamp()) + :longest_ms * interval '1 millisecond'
    for update skip locked
))
