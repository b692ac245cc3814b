-- The oldest open item of each leased lane. A statement of its own: it must see what was committed before the lease.
select lane.contact_key, head.id, head.provider, head.number, head.event_key, head.body, head.received_at
from unnest(:contact_keys::text[]) as lane (contact_key)
cross join lateral (
    select id, provider, number, event_key, body, received_at from inbox
    where contact_key = lane.contact_key and state = 0
    order by id
    limit 1
) head
