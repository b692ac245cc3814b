-- Begins a sweep that is due, or so far ahead as only a clock can have put it that was set back since. Whoever does not end it (the platform
-- is away, a crash) leaves it to be begun again in a minute.
insert into reminder_sweep as s (due_at, retry_at) values (:now, clock_timestamp() + interval '1 minute')
on conflict (one) do update set retry_at = excluded.retry_at
where (s.due_at <= :now or s.due_at > :latest) and (s.retry_at is null or s.retry_at <= clock_timestamp())
returning clock_timestamp() as asked_at
