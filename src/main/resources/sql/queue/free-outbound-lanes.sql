-- After the lanes' lock: paces their contacts (GCRA), then looks for the next heads, which may have to wait: for their own time, for
-- the contact's pace, or until their predecessor is delivered. A lane is filed under the best priority that it holds, due for
-- the first of its heads: filed under a broadcast's, a reply that waits would be passed over while broadcasts rest.
with now as materialized (
    select clock_timestamp() as at
), pace as materialized (
    select lane.lane_key, sent.message_id, now.at as now, greatest(lane.pace_at, now.at) + :interval_ms * interval '1 millisecond' as at
    from unnest(:lane_keys::text[], :message_ids::bigint[]) as sent (lane_key, message_id)
    join outbound_lane lane on lane.lane_key = sent.lane_key
    cross join now
)
update outbound_lane l
set leased = false,
    pace_at = pace.at,
    free_at = pace.at - :burst_ms * interval '1 millisecond',
    priority = coalesce(next.best, l.priority),
    awaiting = case when next.waits then pace.message_id end,
    due_at = case when next.id is not null then greatest(next.not_before, pace.now, pace.at - :burst_ms * interval '1 millisecond',
        case when next.waits then pace.now + :sequel_ms * interval '1 millisecond' end) end
from pace
left join lateral (
    select head.id, head.not_before, min(head.priority) over () as best,
           head.sequel and :sequel_ms > 0 and coalesce((select state < 3 from message where id = pace.message_id), true) as waits
    from generate_series(0, 2) as priority
    cross join lateral (
        select id, not_before, sequel, outbox.priority from outbox
        where lane_key = pace.lane_key and outbox.priority = priority.priority and state in (0, 3, 4)
        order by id
        limit 1
    ) head
    order by head.priority > :last_priority, greatest(head.not_before, pace.now), head.priority
    limit 1
) next on true
where l.lane_key = pace.lane_key
returning l.due_at is not null
