update message
set state = greatest(state, 2), provider_id = coalesce(:provider_id, provider_id), sent_at = coalesce(sent_at, :at)
where id = :message_id
