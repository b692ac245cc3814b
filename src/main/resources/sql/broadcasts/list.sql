-- Broadcasts with what has become of them, the latest first. A message that was said once more counts as its last repetition.
select b.id, b.made_by, b.role, b.language, b.area, b.text, b.template, b.template_language, b.template_parameters, b.recipients, b.skipped,
       b.created_at, b.stopped_at, b.stopped_by, b.ended_at, coalesce(b.sent, now.sent) as sent, coalesce(b.delivered, now.delivered) as delivered,
       coalesce(b.read, now.read) as read, coalesce(b.failed, now.failed) as failed, coalesce(b.left_out, now.left_out) as left_out
from broadcast b
left join lateral (
    select count(*) filter (where said.state between 2 and 5) as sent, count(*) filter (where said.state between 3 and 5) as delivered,
           count(*) filter (where said.state between 4 and 5) as read, count(*) filter (where said.state = 9) as failed,
           count(*) filter (where r.state = 3) as left_out
    from broadcast_recipient r
    left join lateral (
        select case when first.state = 9 then coalesce((select again.state from message again where again.repeats = first.id
                    order by again.id desc limit 1), first.state) else first.state end as state
        from message first where first.id = r.message_id
        limit 1
    ) said on true
    where r.broadcast_id = b.id and b.sent is null
) now on true
where (:id::bigint is null or b.id = :id::bigint) and (:before::bigint is null or b.id < :before::bigint)
order by b.id desc
limit :limit
