select date_bin(:seconds * interval '1 second', booked_at, :from::timestamptz) as step, count(*) as bookings
from booking
where booked_at >= :from and booked_at < :to
group by 1
