insert into booking (booking_id, property_id, seeker_id, scheduled_at, check_id, source, booked_at)
values (:booking_id, :property_id, :seeker_id, :scheduled_at, :check_id, :source, :at)
on conflict (booking_id) do nothing
