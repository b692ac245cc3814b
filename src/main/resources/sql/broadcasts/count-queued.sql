-- How many messages of broadcasts wait in each channel's line. What stands beside it, held back or in doubt, takes up no room.
select channel, count(*)::int as queued
from broadcast_recipient r
where state = 1
    and (select m.state = 0 and m.doubts = 0 from message m where m.id = r.message_id)
    and not exists (
        select 1 from outbox o where o.message_id = r.message_id and o.state in (5, 6) and (o.attempts > 0 or o.setbacks > 0)
    )
group by channel
