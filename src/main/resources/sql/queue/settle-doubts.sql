-- A report on a send in doubt proves that the provider has it.
update outbox set state = 1, not_before = null where message_id = any (:reported::bigint[]) and state = 4
