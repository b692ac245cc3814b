-- What the provider had accepted and then failed is said once more, as a new message in the log: the failed one stays failed. The
-- report may come while the send still waits for its own answer (3). What is held back waits beside its line, and is no answer any more.
-- What nobody wants by then, or what was taken back meanwhile, is not said again.
with sent as (
    select o.lane_key, o.channel, o.priority, o.body, o.correlation_id, o.attempts, m.contact_id, m.kind, m.text, coalesce(m.repeats, m.id) as repeats
    from outbox o
    join message m on m.id = o.message_id
    where o.message_id = :message_id and o.channel = :channel and o.state in (1, 3) and o.attempts < :max_attempts
      and not (:held and o.priority = 0)
      and (not :template or o.body::json -> 'template' is not null)
      and coalesce((o.body::json #>> '{validity,until}')::timestamptz > :again_at, true)
      and not exists (select 1 from withdrawal w where w.about = o.body::json #>> '{validity,about}' and w.message_id >= o.message_id)
    order by o.id desc
    limit 1
), lane as (
    insert into outbound_lane as l (lane_key, channel, priority, due_at)
    select lane_key, channel, priority, clock_timestamp() from sent
    on conflict (lane_key) do update
    set due_at = case when l.due_at is not null and (l.leased or l.awaiting is not null) then l.due_at
                      else least(l.due_at, greatest(clock_timestamp(), l.free_at)) end,
        priority = case when l.due_at is null then excluded.priority else least(l.priority, excluded.priority) end
    returning 1
), said as (
    insert into message (contact_id, direction, channel, kind, text, correlation_id, state, at, repeats)
    select contact_id, 'out', channel, kind, text, correlation_id, 0, :at, repeats from sent cross join (select count(*) from lane) locked
    returning id
)
insert into outbox (lane_key, channel, message_id, priority, state, not_before, attempts, body, correlation_id)
select lane_key, channel, said.id, priority, case when :held then 5 else 0 end,
       case when :delay_ms > 0 then clock_timestamp() + :delay_ms * interval '1 millisecond' end, attempts, body, correlation_id
from sent cross join said
