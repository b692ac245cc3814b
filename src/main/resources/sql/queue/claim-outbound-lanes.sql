-- Leases the lanes of one channel that are due, replies before reminders before broadcasts. The time is a sub-select and the lanes
-- are an array for the index's sake, as in claim-inbound-lanes. A lane that was still leased has lost its worker.
update outbound_lane l
set lease_no = l.lease_no + 1, leased = true, awaiting = null, due_at = clock_timestamp() + :lease_ms * interval '1 millisecond'
where l.lane_key = any (array(
    select lane.lane_key
    from generate_series(0, :last_priority) as priority
    cross join lateral (
        select lane_key from outbound_lane
        where channel = :channel and outbound_lane.priority = priority.priority and due_at <= (select clock_timestamp())
        order by due_at
        limit :limit
        for update skip locked
    ) lane
    limit :limit
))
returning l.lane_key, l.lease_no, (select before.leased from outbound_lane before where before.lane_key = l.lane_key) as abandoned
