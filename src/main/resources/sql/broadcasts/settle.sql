-- What has left the outbox. A sub-select, so that each message is looked up by its id, whatever the statistics say.
update broadcast_recipient r
set state = 2
where broadcast_id = :id and state = 1 and coalesce((select m.state <> 0 from message m where m.id = r.message_id), true)
