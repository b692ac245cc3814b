-- The end of sends, or their next try. An acceptance is knowledge and counts whoever holds the lane by now; anything else only
-- speaks of the send under its own lease. What a report has proven is done, whatever the answer was, or that there was none. The states are
-- written as what they are not: see finish-inbound-items.
update outbox o
set state = case when ended.state not in (1, 2) and ended.proven then 1 else ended.state end,
    error = ended.error, attempts = greatest(0, o.attempts - ended.taken_back), setbacks = o.setbacks + ended.taken_back,
    not_before = case when ended.delay_ms > 0 then clock_timestamp() + ended.delay_ms * interval '1 millisecond' end,
    died_at = case when ended.state = 2 then clock_timestamp() end,
    routes = concat_ws(chr(10), case when length(o.routes) < 2000 then o.routes end, ended.routes)
from (
    select item.*, coalesce((select message.state >= 2 from message where message.id = item.message_id), false) as proven
    from unnest(:ids::bigint[], :message_ids::bigint[], :lease_nos::bigint[], :states::int[], :delays_ms::bigint[], :errors::text[], :taken_back::int[],
        :routes::text[]) as item (id, message_id, lease_no, state, delay_ms, error, taken_back, routes)
) ended
where o.id = ended.id
  and (o.state not in (1, 2) and ended.state = 1
       or o.state not in (0, 1, 2, 5) and o.lease_no = ended.lease_no and ended.state in (0, 2, 5)
       or o.state not in (0, 1, 2, 4, 5, 6) and o.lease_no = ended.lease_no and ended.state in (4, 6))
returning o.id, o.state
