-- What waits, since when (real time for what is to be sent, business time for what has come), and what is dead.
select 'inbound' as queue, count(*) as depth, extract(epoch from :now - min(received_at)) as oldest_seconds,
       (select count(*) from inbox where state = 2) as dead
from inbox
where state = 0
union all
select 'outbound', count(*), extract(epoch from clock_timestamp() - min(created_at)), (select count(*) from outbox where state = 2)
from outbox
where state in (0, 3, 4, 5, 6)
