-- A person may have several numbers and a number several channels: those that may be written to first, then where the person was last
-- heard from, then the channel for contacts never seen.
select c.id as contact_id, c.language, a.language as account_language, c.opted_out_at,
       i.channel, i.address, i.send_to, i.last_inbound_at, i.suppressed_at
from (
    select id from contact where phone = :phone::text
    union
    select id from contact where account_id = :user_id::text
) own
join contact c on c.id = own.id
left join account a on a.user_id = c.account_id
join identity i on i.contact_id = c.id and i.channel = any (:channels::text[])
order by (c.opted_out_at is not null or i.suppressed_at is not null), i.last_inbound_at desc nulls last,
         i.channel = :default_channel desc, i.address
limit 1
