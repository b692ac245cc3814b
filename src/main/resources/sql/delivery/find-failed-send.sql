-- The message of ours that a report speaks of, and when it was sent. None for another's.
select message.id, coalesce(message.sent_at, message.at) as sent_at
from (select coalesce(
    (select id from message where id = :message_id::bigint and direction = 'out' and channel = :channel),
    (select max(id) from message where provider_id = :provider_id and direction = 'out' and channel = :channel)) as id) report
join message on message.id = report.id
