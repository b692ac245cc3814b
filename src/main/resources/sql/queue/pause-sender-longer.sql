-- Several sends in flight are refused together: only the first of them makes the pause longer.
update sender
set failures = failures + 1, reason = :reason,
    paused_until = clock_timestamp() + least(:longest_ms, :first_ms * power(2, least(failures, 20))) * interval '1 millisecond'
where channel = :channel and paused_until <= clock_timestamp()
