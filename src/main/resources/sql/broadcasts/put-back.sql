update broadcast_recipient set state = 0, message_id = null where broadcast_id = :id and message_id = any (:message_ids::bigint[])
