-- The provider has taken these messages. A report may have told more of them already.
update message
set state = greatest(message.state, 2), provider_id = coalesce(accepted.provider_id, message.provider_id), sent_at = coalesce(sent_at, :at)
from unnest(:message_ids::bigint[], :provider_ids::text[]) as accepted (message_id, provider_id)
where message.id = accepted.message_id
