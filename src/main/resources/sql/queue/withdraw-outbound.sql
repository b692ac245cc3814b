-- Takes back what waits in lanes that are held still. What never was tried was never said; what a provider has refused before has failed.
with waiting as (
    select o.id
    from unnest(:lane_keys::text[], :message_ids::bigint[]) as wanted (lane_key, message_id)
    join outbox o on o.lane_key = wanted.lane_key and o.state = 0 and o.message_id = wanted.message_id
    union
    select o.id
    from unnest(:message_ids::bigint[]) as wanted (message_id)
    join outbox o on o.message_id = wanted.message_id and o.state = 5 and (o.attempts > 0 or o.setbacks > 0)
), withdrawn as (
    delete from outbox where id = any (array(select id from waiting)) and state in (0, 5)
    returning message_id, attempts > 0 or setbacks > 0 as tried
), unsaid as (
    delete from message where id = any (array(select message_id from withdrawn where not tried))
), failed as (
    update message set state = 9, error = :reason where id = any (array(select message_id from withdrawn where tried)) and state < 2
)
select message_id, tried from withdrawn
