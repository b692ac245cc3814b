-- Our own id wins: a report may come before the send's own answer, which is what tells us the provider's id.
select report.n, coalesce(own.id, by_provider.id) as id
from unnest(:message_ids::bigint[], :provider_ids::text[]) with ordinality as report (message_id, provider_id, n)
left join message own on own.id = report.message_id and own.direction = 'out' and own.channel = :channel
left join lateral (
    select id from message
    where own.id is null and message.provider_id = report.provider_id and direction = 'out' and channel = :channel
    limit 1
) by_provider on true
