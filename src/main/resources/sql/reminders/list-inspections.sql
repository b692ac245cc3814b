select * from inspection where scheduled_at >= :from and scheduled_at < :to and status in ('scheduled', 'in_progress') order by id
