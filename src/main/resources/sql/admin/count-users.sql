-- Everybody the hub talks with. Active is who has written, over whichever channel.
select count(*) as contacts, count(*) filter (where c.opted_out_at is not null) as opted_out,
       count(*) filter (where i.last_inbound_at >= :now::timestamptz - interval '24 hours') as active_day,
       count(*) filter (where i.last_inbound_at >= :now::timestamptz - interval '7 days') as active_week,
       count(*) filter (where i.last_inbound_at >= :now::timestamptz - interval '30 days') as active_month
from contact c
left join (select contact_id, max(last_inbound_at) as last_inbound_at from identity group by contact_id) i on i.contact_id = c.id
