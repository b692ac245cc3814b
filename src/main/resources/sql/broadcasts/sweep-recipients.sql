-- What is over keeps its figures, and nobody's name. The same rule as in list.
with old as (
    select id from broadcast where ended_at < :before and sent is null order by id limit :most for update skip locked
), counted as materialized (
    select old.id, count(*) filter (where said.state between 2 and 5) as sent, count(*) filter (where said.state between 3 and 5) as delivered,
           count(*) filter (where said.state between 4 and 5) as read, count(*) filter (where said.state = 9) as failed,
           count(*) filter (where r.state = 3) as left_out
    from old
    left join broadcast_recipient r on r.broadcast_id = old.id
    left join lateral (
        select case when first.state = 9 then coalesce((select again.state from message again where again.repeats = first.id
                    order by again.id desc limit 1), first.state) else first.state end as state
        from message first where first.id = r.message_id
        limit 1
    ) said on true
    group by old.id
), swept as (
    delete from broadcast_recipient r using counted where r.broadcast_id = counted.id
)
update broadcast b
set sent = counted.sent, delivered = counted.delivered, read = counted.read, failed = counted.failed, left_out = counted.left_out
from counted
where b.id = counted.id
