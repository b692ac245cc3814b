-- Locks lanes in the order of their keys, and tells which of them are still held under these leases.
select l.lane_key, l.leased and l.lease_no = item.lease_no as held
from unnest(:lane_keys::text[], :lease_nos::bigint[]) as item (lane_key, lease_no)
join outbound_lane l on l.lane_key = item.lane_key
order by l.lane_key
for update of l
