update broadcast b
set ended_at = :now
where id = :id and ended_at is null
    and not exists (select 1 from broadcast_recipient r where r.broadcast_id = b.id and r.state = 1)
    and (stopped_at is not null or not exists (select 1 from broadcast_recipient r where r.broadcast_id = b.id and r.state = 0))
returning id, recipients, stopped_at is not null as stopped
