delete from outbox where id in (
    select id from outbox
    where (state = 1 and created_at < :handled_before) or (state = 2 and created_at < :dead_before)
    order by id
    limit :most
)
