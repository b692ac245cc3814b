-- A dead message is open again, in its old place; its lane comes first, see store-outbound. In the log it waits again: this is the one
-- way in which a state falls, and an operator has asked for it.
with dead as (
    select id, lane_key, channel, priority from outbox where id = :id and state = 2
), lane as (
    insert into outbound_lane as l (lane_key, channel, priority, due_at)
    select lane_key, channel, priority, clock_timestamp() from dead
    on conflict (lane_key) do update
    set due_at = case when l.due_at is not null and (l.leased or l.awaiting is not null) then l.due_at
                      else least(l.due_at, greatest(clock_timestamp(), l.free_at)) end,
        priority = case when l.due_at is null then excluded.priority else least(l.priority, excluded.priority) end
    returning 1
), locked as (
    select count(*) from lane
), back as (
    update outbox o
    set state = 0, attempts = 0, setbacks = 0, not_before = null, error = null, died_at = null
    from locked cross join dead
    where o.id = dead.id and o.state = 2
    returning o.id, o.message_id
), logged as (
    update message m set state = 0, error = null from back where m.id = back.message_id and m.state = 9
)
select id from back
