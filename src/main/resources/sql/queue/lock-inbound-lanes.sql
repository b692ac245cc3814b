-- Locks the lanes that are still held under these leases, in the order of their keys.
select l.contact_key
from unnest(:contact_keys::text[], :lease_nos::bigint[]) as held (contact_key, lease_no)
join inbound_lane l on l.contact_key = held.contact_key and l.lease_no = held.lease_no
order by l.contact_key
for update of l
