-- The message in the log, and the sender's service window opened. The state of what came in is always 2.
with heard as (
    update identity set last_inbound_at = greatest(last_inbound_at, :received_at)
    where channel = :channel and address = :address
)
insert into message (contact_id, direction, channel, kind, text, provider_id, correlation_id, state, at)
values (:contact_id, 'in', :channel, :kind, :text, :provider_id, :correlation_id, 2, :received_at)
