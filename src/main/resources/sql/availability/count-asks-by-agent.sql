select a.agent_id, (array_agg(a.agent_name order by a.id desc))[1] as agent_name,
       count(*) as asked,
       count(a.answer) as answered,
       count(*) filter (where a.answer = 'yes') as available,
       count(*) filter (where a.answer is null and c.state = 'expired') as expired,
       count(*) filter (where a.answer = 'yes' and exists (select 1 from booking b where b.check_id = c.id::text)) as booked,
       percentile_cont(0.5) within group (order by extract(epoch from a.answered_at - a.asked_at)) as median_seconds,
       percentile_cont(0.9) within group (order by extract(epoch from a.answered_at - a.asked_at)) as p_ninety_seconds
from availability_ask a
join availability_check c on c.id = a.check_id
where a.asked_at >= :from and a.asked_at < :to
group by a.agent_id
order by a.agent_id
