-- What belongs to one flow. What is written at once has neighbouring ids, and stands in the outbox when its delivery ends; null where
-- that is not known. The sender's own line is looked through only for what has neither.
with found as (
    select id from message where id between :first::bigint and :last::bigint and correlation_id = :flow
    union
    select message_id from outbox
    where created_at between :ended_at::timestamptz - interval '1 minute' and :ended_at::timestamptz and correlation_id = :flow
    union
    select id from message
    where contact_id = (select contact_id from identity where channel = :channel::text and address = :address::text) and correlation_id = :flow
)
select id, contact_id, direction, channel, kind, text, state, error, at, sent_at, delivered_at, read_at, correlation_id
from message
where id in (select id from found)
order by at, direction, id
limit :limit
