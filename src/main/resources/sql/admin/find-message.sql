select id, contact_id, direction, channel, kind, text, state, error, at, sent_at, delivered_at, read_at, correlation_id from message where id = :id
