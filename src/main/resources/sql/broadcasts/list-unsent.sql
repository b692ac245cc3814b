-- What of a broadcast has not left: its messages, and those that were to be said once more.
select r.channel, r.address, unsent.id as message_id
from broadcast_recipient r
cross join lateral (
    select first.id from message first where first.id = r.message_id and first.state = 0
    union all
    select again.id from message again where again.repeats = r.message_id and again.state = 0
) unsent
where r.broadcast_id = :id and r.message_id is not null
