-- What somebody on Twilio got last: of the newest messages the one that was accepted last, for a reply may overtake a reminder.
select body
from (
    select o.id, o.body, m.sent_at
    from outbox o
    join message m on m.id = o.message_id
    where o.lane_key = :lane_key and o.channel = 'twilio' and o.state = 1 and m.state between 2 and 5
    order by o.id desc
    limit 10
) said
order by sent_at desc nulls last, id desc
limit 1
