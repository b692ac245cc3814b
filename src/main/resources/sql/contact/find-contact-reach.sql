-- How one contact is reached, by the rule of find-reach.
select c.id as contact_id, c.language, a.language as account_language, c.opted_out_at,
       i.channel, i.address, i.send_to, i.last_inbound_at, i.suppressed_at
from contact c
left join account a on a.user_id = c.account_id
join identity i on i.contact_id = c.id and i.channel = any (:channels::text[])
where c.id = :contact_id
order by i.suppressed_at is not null, i.last_inbound_at desc nulls last, i.channel = :default_channel desc, i.address
limit 1
