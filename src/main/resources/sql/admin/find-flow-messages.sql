-- What belongs to one flow is written at once: its messages have neighbouring ids.
select id, direction, channel, kind, text, state, error, at, sent_at, delivered_at, read_at, correlation_id
from message
where id between :first and :last and correlation_id = :flow
order by at, direction, id
limit :limit
