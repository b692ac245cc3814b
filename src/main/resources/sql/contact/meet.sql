-- Makes the owners of numbers known whom nobody has heard of, on the channel for contacts never seen.
with unknown as (
    select distinct wanted.number
    from unnest(:numbers::text[]) as wanted (number)
    where not exists (
        select 1 from contact c join identity i on i.contact_id = c.id and i.channel = any (:channels::text[]) where c.phone = wanted.number
    )
), met as (
    insert into contact (phone, created_at)
    select number, :at from unknown order by number
    on conflict (phone) do update set phone = excluded.phone
    returning id, phone
)
insert into identity (channel, address, contact_id, send_to)
select :default_channel, phone, id, phone from met order by phone
on conflict (channel, address) do nothing
