-- What was said in a period. How far a message has come is known where a provider tells it: a thread of the web chat is read where it is kept.
select channel, direction, state, count(*) as messages
from message
where at >= :from and at < :to
group by channel, direction, state
union all
select 'web', case when event = 'user_message' then 'in' else 'out' end, null, count(*)
from thread_message
where at >= :from and at < :to and event <> 'check_updated'
group by 2
