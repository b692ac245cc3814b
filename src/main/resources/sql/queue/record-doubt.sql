update message set doubts = doubts + 1 where id = :message_id
