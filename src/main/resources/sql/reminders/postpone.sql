-- The platform could not be asked: again after 2 s, 4 s, … up to a minute.
update reminder r
set attempts = r.attempts + 1, retry_at = clock_timestamp() + least(2 ^ least(r.attempts + 1, 6), 60) * interval '1 second'
from (
    select due.inspection_id, due.name, due.user_id
    from unnest(:inspection_ids::text[], :user_ids::text[]) as w (inspection_id, user_id)
    join reminder due on due.inspection_id = w.inspection_id and due.name = :name and due.user_id = w.user_id and due.due_at is not null
    order by due.inspection_id, due.user_id
    for update of due skip locked
) late
where r.inspection_id = late.inspection_id and r.name = late.name and r.user_id = late.user_id
