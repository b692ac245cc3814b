select exists (select 1 from booking where booking_id = :booking_id)
