-- Ends pauses that are longer than any: the clock was set back since they began.
update sender
set paused_until = case when paused_until > clock_timestamp() + :longest_ms * interval '1 millisecond' then clock_timestamp() else paused_until end,
    bulk_paused_until = case when bulk_paused_until > clock_timestamp() + :longest_ms * interval '1 millisecond' then clock_timestamp()
                             else bulk_paused_until end
where greatest(paused_until, bulk_paused_until) > clock_timestamp() + :longest_ms * interval '1 millisecond'
