select message_id, ask_id, reason from availability_refusal order by message_id limit :limit
