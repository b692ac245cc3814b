select channel, direction, state, count(*) as messages
from message
where at >= :from and at < :to
group by channel, direction, state
