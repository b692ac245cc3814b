-- The provider has taken these messages. A report may have told more of them already, or of a copy that was taken before.
update message
set state = greatest(message.state, 2), provider_id = coalesce(accepted.provider_id, message.provider_id), sent_at = coalesce(sent_at, :at),
    other_provider_ids = case when message.provider_id <> accepted.provider_id
        then array_append(array_remove(message.other_provider_ids, accepted.provider_id), message.provider_id) else message.other_provider_ids end
from unnest(:message_ids::bigint[], :provider_ids::text[]) as accepted (message_id, provider_id)
where message.id = accepted.message_id
