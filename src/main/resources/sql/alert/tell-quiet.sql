select exists (select from incident where key = :key and closed_at is null and last_at < :since)
