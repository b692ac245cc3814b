update reconciliation
set seen_until = greatest(seen_until, :until), run_at = :at, leased_until = '-infinity'
where channel = :channel and lease_no = :lease_no
