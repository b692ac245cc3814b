-- Wakes lanes whose time is so far ahead as only a clock can have put it that was set back since: neither a lease nor a contact's pace
-- reaches there. Whoever holds one keeps it for a lease; one whose head has a time of its own keeps that.
update outbound_lane
set due_at = clock_timestamp() + case when leased then :lease_ms else 0 end * interval '1 millisecond',
    free_at = least(free_at, clock_timestamp()),
    pace_at = least(pace_at, clock_timestamp()),
    awaiting = case when leased then awaiting end
where lane_key = any (array(
    select lane.lane_key from outbound_lane lane
    where lane.channel = any (array(select channel from sender)) and lane.priority between 0 and 2
      and lane.due_at > (select clock_timestamp()) + :longest_ms * interval '1 millisecond'
      and not exists (select 1 from outbox head where head.lane_key = lane.lane_key and head.state in (0, 3, 4) and head.not_before >= lane.due_at)
    for update skip locked
))
