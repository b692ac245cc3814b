-- The dead of both queues, the latest first.
select queue, id, contact, reason, attempts, died_at, message_id
from (
    select 'inbound' as queue, id, contact_key as contact, error as reason, attempts, finished_at as died_at, null::bigint as message_id
    from inbox where state = 2
    union all
    select 'outbound', id, lane_key, error, attempts, coalesce(died_at, created_at), message_id from outbox where state = 2
) dead
where :before::timestamptz is null or (died_at, queue, id) < (:before::timestamptz, :queue, :id)
order by died_at desc, queue desc, id desc
limit :limit
