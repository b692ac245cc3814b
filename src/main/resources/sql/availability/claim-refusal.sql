delete from availability_refusal
where message_id = (select message_id from availability_refusal where message_id = :message_id for update skip locked)
returning ask_id
