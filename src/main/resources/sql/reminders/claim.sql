-- Takes due reminders, unless another instance is at them or has done it, or they tell of another time by now.
update reminder r
set due_at = null
from (
    select due.inspection_id, due.name, due.user_id
    from unnest(:inspection_ids::text[], :user_ids::text[], :scheduled_at::text[]::timestamptz[]) as w (inspection_id, user_id, scheduled_at)
    join reminder due on due.inspection_id = w.inspection_id and due.name = :name and due.user_id = w.user_id
        and due.scheduled_at = w.scheduled_at and due.due_at is not null
    order by due.inspection_id, due.user_id
    for update of due skip locked
) mine
where r.inspection_id = mine.inspection_id and r.name = mine.name and r.user_id = mine.user_id
returning r.inspection_id, r.user_id
