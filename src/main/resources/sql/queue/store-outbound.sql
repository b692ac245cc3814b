-- Writes a message to the log and the outbox and wakes its lane, which stays as it is while a worker holds it or waits for a
-- delivery, and loses no place in its row. The lane comes first, see V1.
with lane as (
    insert into outbound_lane as l (lane_key, channel, priority, due_at)
    values (:lane_key, :channel, :priority, clock_timestamp())
    on conflict (lane_key) do update
    set due_at = case when l.due_at is not null and (l.leased or l.awaiting is not null) then l.due_at
                      else least(l.due_at, greatest(clock_timestamp(), l.free_at)) end,
        priority = case when l.due_at is null then excluded.priority else least(l.priority, excluded.priority) end
    returning 1
), said as (
    insert into message (contact_id, direction, channel, kind, text, correlation_id, state, at)
    select :contact_id, 'out', :channel, :kind, :text, :correlation_id, 0, :at from (select count(*) from lane) locked
    returning id
)
insert into outbox (lane_key, channel, message_id, priority, sequel, not_before, body, correlation_id)
select :lane_key, :channel, said.id, :priority, :sequel,
       case when :delay_ms > 0 then clock_timestamp() + :delay_ms * interval '1 millisecond' end, :body, :correlation_id
from said
