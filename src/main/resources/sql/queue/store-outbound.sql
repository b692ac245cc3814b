-- Writes messages to the log and the outbox and wakes their lanes, which stay as they are while a worker holds them or they wait for a
-- delivery, and lose no place in their row. The lanes come first, see V1, and ids are taken only when they are locked, so that within a
-- lane the order of ids is the order of commits.
with item as (
    select * from unnest(:lane_keys::text[], :channels::text[], :priorities::int[], :contact_ids::bigint[], :kinds::text[], :texts::text[],
        :correlation_ids::text[], :sequels::boolean[], :delays_ms::bigint[], :bodies::text[]) with ordinality
        as item (lane_key, channel, priority, contact_id, kind, text, correlation_id, sequel, delay_ms, body, n)
), lane as (
    insert into outbound_lane as l (lane_key, channel, priority, due_at)
    select lane_key, min(channel), min(priority), clock_timestamp() from item group by lane_key order by lane_key
    on conflict (lane_key) do update
    set due_at = case when l.due_at is not null and (l.leased or l.awaiting is not null) then l.due_at
                      else least(l.due_at, greatest(clock_timestamp(), l.free_at)) end,
        priority = case when l.due_at is null then excluded.priority else least(l.priority, excluded.priority) end
    returning 1
), locked as (
    select count(*) from lane
), said as materialized (
    select item.*, nextval('message_id_seq') as message_id from locked cross join (select * from item order by n) item
), logged as (
    insert into message (id, contact_id, direction, channel, kind, text, correlation_id, state, at)
    overriding system value
    select message_id, contact_id, 'out', channel, kind, text, correlation_id, 0, :at from said order by n
)
insert into outbox (lane_key, channel, message_id, priority, sequel, not_before, body, correlation_id)
select lane_key, channel, message_id, priority, sequel,
       case when delay_ms > 0 then clock_timestamp() + delay_ms * interval '1 millisecond' end, body, correlation_id
from said
order by n
returning message_id
