update booking_request set answer = :answer where user_id = :user_id and key = :key
