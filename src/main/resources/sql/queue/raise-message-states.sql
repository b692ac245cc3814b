-- States only rise, so that duplicated and disordered reports do nothing; times and the ids of copies that came late are kept all the
-- same. Rows are locked in the order of their ids.
with report as (
    select id, max(rank) as rank, array_agg(distinct provider_id) filter (where provider_id is not null) as provider_ids, max(error) as error,
           min(at) filter (where rank = 2) as sent_at, min(at) filter (where rank = 3) as delivered_at, min(at) filter (where rank in (4, 5)) as read_at
    from unnest(:ids::bigint[], :ranks::int[], :provider_ids::text[], :ats::text[]::timestamptz[], :errors::text[]) as report (id, rank, provider_id, at, error)
    group by id
), locked as (
    select message.id from message join report on report.id = message.id order by message.id for update of message
)
update message m
set state = greatest(m.state, report.rank), provider_id = coalesce(m.provider_id, report.provider_ids[1]),
    other_provider_ids = case when report.provider_ids <@ (m.provider_id || m.other_provider_ids) then m.other_provider_ids else nullif(array(
        select distinct copy from unnest(m.other_provider_ids || report.provider_ids) copy where copy <> coalesce(m.provider_id, report.provider_ids[1])), '{}') end,
    error = coalesce(m.error, report.error), sent_at = coalesce(m.sent_at, report.sent_at),
    delivered_at = coalesce(m.delivered_at, report.delivered_at), read_at = coalesce(m.read_at, report.read_at)
from report, locked
where m.id = report.id and m.id = locked.id
  and (m.state < report.rank or not report.provider_ids <@ (m.provider_id || m.other_provider_ids) or (m.error is null and report.error is not null)
       or (m.sent_at is null and report.sent_at is not null) or (m.delivered_at is null and report.delivered_at is not null)
       or (m.read_at is null and report.read_at is not null))
