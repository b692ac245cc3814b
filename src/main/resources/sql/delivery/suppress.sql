update identity set suppressed_at = :at, suppressed_reason = :reason where channel = :channel and address = :address and suppressed_at is null
