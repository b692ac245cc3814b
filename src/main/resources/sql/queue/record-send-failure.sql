update message set state = 9, error = :error where id = :message_id and state < 9
