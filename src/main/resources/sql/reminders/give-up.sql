-- What was due and did not go out while anybody wanted it.
update reminder r
set due_at = null
from (
    select inspection_id, name, user_id from reminder
    where name = :name and due_at <= :now and give_up_at <= :now
    order by inspection_id, user_id
    limit :limit
    for update skip locked
) missed
where r.inspection_id = missed.inspection_id and r.name = missed.name and r.user_id = missed.user_id
returning r.inspection_id
