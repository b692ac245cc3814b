-- One instance has it for two minutes, or until it ends it. A run in the future is what a clock that was set back has left.
update reconciliation
set lease_no = lease_no + 1, leased_until = clock_timestamp() + interval '2 minutes'
where channel = :channel and leased_until <= clock_timestamp() and (run_at <= :run_before or run_at > :at)
returning seen_until, lease_no
