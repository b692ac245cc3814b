select count(*) from booking where booked_at >= :from and booked_at < :to
