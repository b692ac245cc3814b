update sender set failures = 0, reason = null where channel = :channel and failures > 0
