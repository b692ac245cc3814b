-- What was said to an agent in a talk carries it as correlation id.
select t.*, c.phone from message m
join relay_talk t on t.id = substring(m.correlation_id from '^talk-(\d{1,18})$')::bigint
join contact c on c.id = t.contact_id
where known_as(m, :provider_id) and m.channel = :channel and m.direction = 'out' and t.contact_id = :contact_id
limit 1
