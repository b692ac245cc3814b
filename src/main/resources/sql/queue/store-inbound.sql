-- Stores the items of one or more requests. Lanes first, in key order (two requests in reverse order would deadlock otherwise); an item's id is
-- taken only when its lane is locked, so that within a lane the order of ids is the order of commits. What stands in no lane
-- comes last, in the order of its keys: two requests that carry the same would wait for each other's otherwise.
with item as (
    select * from unnest(:providers::text[], :numbers::text[], :event_keys::text[], :contact_keys::text[], :bodies::text[], :dead_reasons::text[],
        :received_at::text[]::timestamptz[]) with ordinality as item (provider, number, event_key, contact_key, body, dead_reason, received_at, n)
), lane as (
    insert into inbound_lane as l (contact_key, due_at)
    select contact_key, clock_timestamp() from item where dead_reason is null group by contact_key order by contact_key
    on conflict (contact_key) do update set due_at = clock_timestamp() where l.due_at is null
    returning 1
), locked as (
    select count(*) from lane
)
insert into inbox (provider, number, event_key, contact_key, body, received_at, state, error, finished_at)
select provider, number, event_key, contact_key, body, received_at, case when dead_reason is null then 0 else 2 end, dead_reason,
       case when dead_reason is null then null else clock_timestamp() end
from locked cross join item
order by dead_reason is not null, case when dead_reason is null then n end, provider, number, event_key
on conflict (provider, number, event_key) do nothing
returning provider, number, event_key
