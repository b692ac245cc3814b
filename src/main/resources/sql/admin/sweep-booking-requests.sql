delete from booking_request where (user_id, key) in (
    select user_id, key from booking_request where created_at < :before limit :most
)
