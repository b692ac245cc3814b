select key from incident where closed_at is null
