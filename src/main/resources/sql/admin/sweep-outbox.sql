-- As sweep-inbox: what is old comes first.
with oldest as (
    select id, state, created_at from outbox where id > :after order by id limit :most
), swept as (
    delete from outbox where id = any (array(
        select id from oldest
        where (state = 1 and created_at < :handled_before) or (state = 2 and created_at < :dead_before)
    ))
    returning 1
)
select (select count(*) from swept) as removed,
       case when count(*) = :most and bool_or(created_at < :handled_before) then max(id) end as last
from oldest
