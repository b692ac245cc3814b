-- A report on a send that is in doubt, or waits for its next try, proves that the provider has it.
update outbox set state = 1, not_before = null
where message_id = any (:reported::bigint[]) and state in (0, 4, 5, 6) and (attempts > 0 or setbacks > 0)
