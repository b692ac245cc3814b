-- As sweep-inbox: what is old comes first.
with oldest as (
    select id, at from message where id > :after order by id limit :most
), swept as (
    delete from message where id = any (array(select id from oldest where at < :handled_before))
    returning 1
)
select (select count(*) from swept) as removed, case when count(*) = :most and bool_or(at < :handled_before) then max(id) end as last
from oldest
