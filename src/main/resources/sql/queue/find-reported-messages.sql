-- Our own id wins: a report may come before the send's own answer, which is what tells us the provider's id. It is ours only if it says
-- so, or comes on a way that nobody else's reports come.
select report.n, coalesce(own.id, by_provider.id) as id
from unnest(:message_ids::bigint[], :installations::text[], :provider_ids::text[]) with ordinality
    as report (message_id, installation, provider_id, n)
left join message own on own.id = report.message_id and own.direction = 'out' and own.channel = :channel
    and (report.installation is null or report.installation = (select id from installation))
left join lateral (
    select id from message
    where own.id is null and known_as(message, report.provider_id) and direction = 'out' and channel = :channel
    limit 1
) by_provider on true
