update broadcast_recipient r
set message_id = queued.message_id
from unnest(:contact_ids::bigint[], :message_ids::bigint[]) as queued (contact_id, message_id)
where r.broadcast_id = :id and r.contact_id = queued.contact_id
