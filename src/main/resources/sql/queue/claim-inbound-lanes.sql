-- Leases the lanes that have waited longest; their number fences off whoever held them before.
update inbound_lane l
set lease_no = l.lease_no + 1, attempts = l.attempts + 1, due_at = clock_timestamp() + :lease_ms * interval '1 millisecond'
from (
    select contact_key from inbound_lane
    where due_at <= clock_timestamp()
    order by due_at
    limit :limit
    for update skip locked
) due
where l.contact_key = due.contact_key
returning l.contact_key, l.lease_no, l.attempts
