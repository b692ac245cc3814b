-- The message of ours that somebody on Twilio answers to.
select o.body
from outbox o
join message m on m.id = o.message_id
where o.lane_key = :lane_key and o.channel = 'twilio' and o.state = 1 and known_as(m, :provider_id)
limit 1
