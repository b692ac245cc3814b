-- What was said to an agent about a check carries its ask as correlation id: the question, its repetitions, the reminder.
select a.* from message m
join availability_ask a on a.id = substring(m.correlation_id from '^ask-(\d{1,18})')::bigint
where m.provider_id = :provider_id and m.channel = :channel and m.direction = 'out' and a.contact_id = :contact_id
limit 1
