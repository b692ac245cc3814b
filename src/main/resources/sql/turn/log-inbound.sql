-- Messages in the log, and their senders' service windows opened by those that open one. The state of what came in is always 2.
with item as (
    select * from unnest(:contact_ids::bigint[], :channels::text[], :addresses::text[], :kinds::text[], :texts::text[], :provider_ids::text[],
        :correlation_ids::text[], :received_at::text[]::timestamptz[], :heard_at::text[]::timestamptz[]) with ordinality
        as item (contact_id, channel, address, kind, text, provider_id, correlation_id, received_at, heard_at, n)
), heard as (
    update identity set last_inbound_at = greatest(last_inbound_at, latest.heard_at)
    from (select channel, address, max(heard_at) as heard_at from item where heard_at is not null group by channel, address) latest
    where identity.channel = latest.channel and identity.address = latest.address
)
insert into message (contact_id, direction, channel, kind, text, provider_id, correlation_id, state, at)
select contact_id, 'in', channel, kind, text, provider_id, correlation_id, 2, received_at from item order by n
