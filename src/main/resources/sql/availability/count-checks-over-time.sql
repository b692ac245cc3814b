select date_bin(:seconds * interval '1 second', asked_at, :from::timestamptz) as step,
       count(*) as asked,
       count(*) filter (where state in ('available', 'unavailable')) as answered,
       count(*) filter (where state = 'available') as available,
       count(*) filter (where state = 'expired') as expired,
       count(*) filter (where state = 'available' and exists (select 1 from booking b where b.check_id = c.id::text)) as booked,
       percentile_cont(0.5) within group (order by extract(epoch from answered_at - asked_at)) as median_seconds,
       percentile_cont(0.9) within group (order by extract(epoch from answered_at - asked_at)) as p_ninety_seconds
from availability_check c
where asked_at >= :from and asked_at < :to
group by 1
order by 1
