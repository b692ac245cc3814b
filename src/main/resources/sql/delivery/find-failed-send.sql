-- The message of ours that a report speaks of, and when it was sent; none for somebody else's. As find-reported-messages finds it.
select message.id, coalesce(message.sent_at, message.at) as sent_at
from (select coalesce(
    (select id from message where id = :message_id::bigint and direction = 'out' and channel = :channel
        and (:installation::text is null or :installation = (select id from installation))),
    (select id from message where known_as(message, :provider_id) and direction = 'out' and channel = :channel limit 1)) as id) report
join message on message.id = report.id
