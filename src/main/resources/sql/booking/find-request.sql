select fingerprint, scheduled_at, answer from booking_request where user_id = :user_id and key = :key
