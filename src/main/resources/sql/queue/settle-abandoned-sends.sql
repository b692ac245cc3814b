-- A worker died while it was sending. If a report has come, the provider has it; else nobody knows, and it is in doubt.
with settled as (
    update outbox o
    set state = case when (select m.state >= 2 from message m where m.id = o.message_id) then 1 else :in_doubt end,
        not_before = clock_timestamp() + :in_doubt_ms * interval '1 millisecond',
        error = 'The worker stopped while it was sending'
    where o.lane_key = any (:lane_keys::text[]) and o.state = 3
    returning o.message_id, o.state <> 1 as doubtful
), counted as (
    update message set doubts = doubts + 1 from settled where message.id = settled.message_id and settled.doubtful
)
select message_id, doubtful from settled
