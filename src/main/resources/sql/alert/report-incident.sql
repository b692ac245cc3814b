insert into incident as i (key, opened_at, last_at, detail) values (:key, :at, :at, :detail)
on conflict (key) do update
set opened_at = case when i.closed_at is null then i.opened_at else excluded.opened_at end, last_at = excluded.last_at,
    occurrences = case when i.closed_at is null then i.occurrences + 1 else 1 end, detail = excluded.detail, closed_at = null
returning occurrences = 1
