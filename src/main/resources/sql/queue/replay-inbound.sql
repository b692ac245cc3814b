-- A dead item is open again, in its old place; its lane comes first, see store-inbound. It has been tried before: what it may have
-- begun is finished rather than refused as done already.
with dead as (
    select id, contact_key from inbox where id = :id and state = 2 and contact_key is not null
), lane as (
    insert into inbound_lane as l (contact_key, due_at, attempts)
    select contact_key, clock_timestamp(), :attempts from dead
    on conflict (contact_key) do update set due_at = coalesce(l.due_at, clock_timestamp()), attempts = greatest(l.attempts, :attempts)
    returning 1
), locked as (
    select count(*) from lane
)
update inbox i
set state = 0, attempts = 0, error = null, finished_at = null
from locked cross join dead
where i.id = dead.id and i.state = 2
returning i.id
