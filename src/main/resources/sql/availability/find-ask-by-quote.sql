-- What was said to an agent about a check carries its ask as correlation id: the question, its repetitions, the reminder. The
-- list of those that are open carries the first of them, and says nothing of the one that is meant.
select a.* from message m
join availability_ask a on a.id = substring(m.correlation_id from '^ask-(\d{1,18})')::bigint
where known_as(m, :provider_id) and m.channel = :channel and m.direction = 'out' and a.contact_id = :contact_id
  and m.correlation_id not like '%.which'
limit 1
