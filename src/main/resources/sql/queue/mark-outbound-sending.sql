-- Marks the head of each leased lane as being sent. This is committed before the request leaves. Per priority the oldest open
-- row is the head; one that waits holds up its own priority only. What the delivery must know of the recipient comes with it.
with head as (
    select first.*, lane.lane_key, lane.lease_no,
           recipient.send_to, recipient.last_inbound_at, recipient.suppressed_at, contact.opted_out_at
    from unnest(:lane_keys::text[], :addresses::text[], :lease_nos::bigint[]) as lane (lane_key, address, lease_no)
    left join lateral (
        select send_to, last_inbound_at, suppressed_at, contact_id from identity where channel = :channel and address = lane.address limit 1
    ) recipient on true
    left join lateral (select opted_out_at from contact where id = recipient.contact_id limit 1) contact on true
    cross join lateral (
        select oldest.id
        from generate_series(0, :last_priority) as priority
        cross join lateral (
            select id, not_before, outbox.priority from outbox
            where outbox.lane_key = lane.lane_key and outbox.priority = priority.priority and state in (0, 3, 4)
            order by id
            limit 1
        ) oldest
        where oldest.not_before is null or oldest.not_before <= clock_timestamp()
        order by oldest.priority
        limit 1
    ) first
)
update outbox o
set state = 3, attempts = o.attempts + 1, lease_no = head.lease_no
from head, outbox before
where o.id = head.id and before.id = o.id and o.state not in (1, 2, 3, 5, 6)
returning o.id, o.lane_key, o.lease_no, o.message_id, o.attempts, o.setbacks, o.body, o.correlation_id, o.priority, o.error, before.state = 4 as doubted,
    head.send_to, head.last_inbound_at, head.suppressed_at is not null as suppressed, head.opted_out_at is not null as opted_out
