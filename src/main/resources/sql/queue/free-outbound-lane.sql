-- After the lane's lock: paces the contact (GCRA), then looks for the next head, which may have to wait: for its own time, for
-- the contact's pace, or until its predecessor is delivered.
update outbound_lane l
set leased = false,
    pace_at = pace.at,
    free_at = pace.at - :burst_ms * interval '1 millisecond',
    priority = coalesce(next.priority, l.priority),
    awaiting = case when next.sequel then :message_id end,
    due_at = case when next.id is not null then greatest(next.due_at, pace.at - :burst_ms * interval '1 millisecond',
        case when next.sequel then clock_timestamp() + :sequel_ms * interval '1 millisecond' end) end
from (select greatest(pace_at, clock_timestamp()) + :interval_ms * interval '1 millisecond' as at from outbound_lane where lane_key = :lane_key) pace
left join lateral (
    select oldest.id, oldest.priority, oldest.sequel, coalesce(oldest.not_before, clock_timestamp()) as due_at
    from generate_series(0, 2) as priority
    cross join lateral (
        select id, not_before, sequel, outbox.priority from outbox
        where lane_key = :lane_key and outbox.priority = priority.priority and state in (0, 3, 4)
        order by id
        limit 1
    ) oldest
    order by greatest(oldest.not_before, clock_timestamp()), oldest.priority
    limit 1
) next on true
where l.lane_key = :lane_key
returning l.due_at is not null
