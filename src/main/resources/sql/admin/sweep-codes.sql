-- As sweep-inbox: what is old comes first.
with oldest as (
    select id, requested_at from one_time_code where id > :after order by id limit :most
), swept as (
    delete from one_time_code where id = any (array(select id from oldest where requested_at < :handled_before))
    returning 1
)
select (select count(*) from swept) as removed,
       case when count(*) = :most and bool_or(requested_at < :handled_before) then max(id) end as last
from oldest
