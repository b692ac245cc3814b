delete from inbox where id in (
    select id from inbox
    where (state in (1, 3) and received_at < :handled_before) or (state = 2 and received_at < :dead_before)
    order by id
    limit :most
)
