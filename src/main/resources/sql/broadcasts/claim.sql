-- Takes the next portion of a broadcast, of each channel as many as there is room for. Whoever has sent STOP since it was made, is linked no
-- more, or may not be written to without a template any more, is left out.
with next as materialized (
    select r.contact_id, reach.contact_id as reach_id
    from unnest(:channels::text[], :rooms::int[]) as line (channel, room)
    cross join lateral (
        select contact_id, user_id, channel, address from broadcast_recipient w
        where w.broadcast_id = :id and w.channel = line.channel and w.state = 0
        order by w.contact_id
        limit line.room
        for update skip locked
    ) r
    left join lateral (
        select c.id as contact_id
        from identity i
        join contact c on c.id = i.contact_id
        where i.channel = r.channel and i.address = r.address and c.account_id = r.user_id
            and (:template or i.last_inbound_at > :now::timestamptz - interval '24 hours')
            and not exists (
                select 1 from contact own
                where own.account_id = r.user_id and (own.opted_out_at is not null
                    or exists (select 1 from identity s where s.contact_id = own.id and s.suppressed_at is not null))
            )
        limit 1
    ) reach on true
)
update broadcast_recipient r
set state = case when next.reach_id is null then 3 else 1 end
from next
where r.broadcast_id = :id and r.contact_id = next.contact_id
returning r.contact_id, next.reach_id, r.channel, r.address, r.language
