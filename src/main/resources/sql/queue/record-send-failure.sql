-- A message that a report has proven accepted does not fail by the refusal of its repetition.
update message set state = 9, error = :error where id = :message_id and state < 2
