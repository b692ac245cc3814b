-- Only a question itself counts: without its reminder, or its repetition, an agent still knows what is asked. Locks nothing.
insert into availability_refusal (message_id, ask_id, reason, at)
select id, substring(correlation_id from 5)::bigint, :reason, :at from message
where id = :message_id and correlation_id ~ '^ask-\d{1,18}$' and state = 9
on conflict (message_id) do nothing
