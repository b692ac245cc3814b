-- Begins a run that is due, or so far ahead as only a clock can have put it that was set back since. Whoever does not end it (the platform
-- is away, a crash) leaves it to be begun again in a minute.
insert into alert_run as r (due_at, retry_at) values (:now, clock_timestamp() + interval '1 minute')
on conflict (one) do update set retry_at = excluded.retry_at
where (r.due_at <= :now or r.due_at > :latest) and (r.retry_at is null or r.retry_at <= clock_timestamp())
returning case when r.since <= :now then r.since end as since
