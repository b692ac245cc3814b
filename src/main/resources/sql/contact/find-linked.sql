-- How each of several accounts is reached, by the rule of find-reach: only numbers that are linked count.
select distinct on (a.user_id) a.user_id, a.name, a.language as account_language, c.id as contact_id, c.language, c.opted_out_at,
       i.channel, i.address, i.send_to, i.last_inbound_at, i.suppressed_at
from unnest(:user_ids::text[]) as wanted (user_id)
join account a on a.user_id = wanted.user_id
join contact c on c.account_id = a.user_id
join identity i on i.contact_id = c.id and i.channel = any (:channels::text[])
order by a.user_id, (c.opted_out_at is not null or i.suppressed_at is not null), i.last_inbound_at desc nulls last,
         i.channel = :default_channel desc, i.address
