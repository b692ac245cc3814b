update sender
set paused_until = greatest(paused_until, clock_timestamp() + :pause_ms * interval '1 millisecond'),
    bulk_paused_until = greatest(bulk_paused_until, clock_timestamp() + :bulk_pause_ms * interval '1 millisecond'),
    reason = :reason
where channel = :channel

