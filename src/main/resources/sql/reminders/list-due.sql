-- A page of what is due, behind the last one of the page before.
select r.name, r.user_id, r.due_at, i.*
from reminder r
join inspection i on i.id = r.inspection_id
where r.name = :name and r.due_at <= :now and r.give_up_at > :now and (r.retry_at is null or r.retry_at <= clock_timestamp())
    and (r.due_at, r.inspection_id, r.user_id) > (:after_due_at, :after_inspection_id, :after_user_id)
order by r.due_at, r.inspection_id, r.user_id
limit :limit
