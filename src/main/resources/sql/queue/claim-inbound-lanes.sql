-- Leases the lanes that have waited longest; their number fences off whoever held them before. The time is a sub-select, asked
-- once: as a volatile condition it could not use the index, and each look would walk past all lanes that wait for something.
with due as materialized (
    select contact_key from inbound_lane
    where due_at <= (select clock_timestamp())
    order by due_at
    limit :limit
    for update skip locked
)
update inbound_lane l
set lease_no = l.lease_no + 1, attempts = l.attempts + 1, due_at = clock_timestamp() + :lease_ms * interval '1 millisecond'
from due
where l.contact_key = due.contact_key
returning l.contact_key, l.lease_no, l.attempts
