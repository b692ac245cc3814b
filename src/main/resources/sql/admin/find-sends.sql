-- How messages are sent. Rows that were handled long ago are gone.
select message_id, state, attempts, setbacks, error, routes, not_before, died_at, clock_timestamp() as real_time from outbox where message_id = any (:message_ids::bigint[])
