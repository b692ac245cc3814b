-- Who has booked, a day before. If the hub has confirmed it later than that, the confirmation was the reminder.
select id as inspection_id, seeker_id as user_id, scheduled_at - interval '24 hours' as due_at, scheduled_at as give_up_at
from inspection
where id = any (:ids::text[]) and status = 'scheduled' and (told_at is null or told_at <= scheduled_at - interval '24 hours')
