-- Leases the lanes of one channel that are due, replies before reminders before broadcasts. The time is a sub-select for the
-- index's sake, as in claim-inbound-lanes.
with due as materialized (
    select lane.lane_key, lane.leased
    from generate_series(0, :last_priority) as priority
    cross join lateral (
        select lane_key, leased from outbound_lane
        where channel = :channel and outbound_lane.priority = priority.priority and due_at <= (select clock_timestamp())
        order by due_at
        limit :limit
        for update skip locked
    ) lane
    limit :limit
)
update outbound_lane l
set lease_no = l.lease_no + 1, leased = true, awaiting = null, due_at = clock_timestamp() + :lease_ms * interval '1 millisecond'
from due
where l.lane_key = due.lane_key
returning l.lane_key, l.lease_no, due.leased as abandoned
