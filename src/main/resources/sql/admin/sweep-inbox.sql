-- Looks at the oldest rows after one, as many as are asked for. Yields the last of them if it is old, because there may be more behind it.
with oldest as (
    select id, state, received_at from inbox where id > :after order by id limit :most
), swept as (
    delete from inbox where id = any (array(
        select id from oldest
        where (state in (1, 3) and received_at < :handled_before) or (state = 2 and received_at < :dead_before)
    ))
    returning 1
)
select (select count(*) from swept) as removed,
       case when count(*) = :most and bool_or(received_at < :handled_before) then max(id) end as last
from oldest
