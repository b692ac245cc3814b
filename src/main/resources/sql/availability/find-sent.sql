-- The question to the agent who was asked last, as far as it has left.
select m.channel, m.provider_id
from availability_ask a
join message m on m.contact_id = a.contact_id and m.direction = 'out' and m.correlation_id = 'ask-' || a.id
where a.check_id = :check_id and a.asked_at <= m.at and m.provider_id is not null
order by a.position desc, m.id desc
limit 1
