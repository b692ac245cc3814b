-- Whose time beside the line is over: what the provider held back is in its line again, and what no report has settled for so long
-- is given up. The lanes come first, see V1, and stay as they are while a worker holds them or they wait for a delivery.
with lane as (
    select lane_key from outbound_lane
    where lane_key in (select lane_key from outbox where state in (5, 6) and not_before <= (select clock_timestamp()))
    order by lane_key
    for update
), released as (
    update outbox o
    set state = case when o.state = 5 then 0 else 2 end, died_at = case when o.state = 6 then clock_timestamp() end
    where o.lane_key = any (array(select lane_key from lane)) and o.state in (5, 6) and o.not_before <= (select clock_timestamp())
    returning o.lane_key, o.priority, o.message_id, o.state, o.error
), given_up as (
    update message set state = 9, error = released.error
    from released
    where message.id = released.message_id and released.state = 2 and message.state < 2
), woken as (
    update outbound_lane l
    set due_at = case when l.due_at is not null and (l.leased or l.awaiting is not null) then l.due_at
                      else least(l.due_at, greatest(clock_timestamp(), l.free_at)) end,
        priority = case when l.due_at is null then back.priority else least(l.priority, back.priority) end
    from (select lane_key, min(priority) as priority from released where state = 0 group by lane_key) back
    where l.lane_key = back.lane_key
)
select message_id, state = 2 as given_up from released
