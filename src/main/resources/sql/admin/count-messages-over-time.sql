-- As count-messages, for each step of the period.
select date_bin(:seconds * interval '1 second', at, :from::timestamptz) as step, channel, direction, state, count(*) as messages
from message
where at >= :from and at < :to
group by 1, channel, direction, state
union all
select date_bin(:seconds * interval '1 second', at, :from::timestamptz), 'web', case when event = 'user_message' then 'in' else 'out' end, null, count(*)
from thread_message
where at >= :from and at < :to and event <> 'check_updated'
group by 1, 3
