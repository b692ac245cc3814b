-- Lets messages be tried again whose time is so far ahead as only a clock can have put it that was set back since, before their lanes are
-- looked at: those in doubt after their usual time, all others now.
update outbox
set not_before = clock_timestamp() + case when state = 4 then :in_doubt_ms else 0 end * interval '1 millisecond'
where id = any (array(
    select head.id
    from outbound_lane lane
    join outbox head on head.lane_key = lane.lane_key and head.state in (0, 3, 4)
    where lane.channel = any (array(select channel from sender)) and lane.priority between 0 and 2
      and lane.due_at > (select clock_timestamp()) + :longest_ms * interval '1 millisecond'
      and head.state in (0, 4)
      and head.not_before > clock_timestamp() + case when head.state = 4 then :in_doubt_ms else :longest_try_ms end * interval '1 millisecond'
    for update of head skip locked
)) and state in (0, 4)
