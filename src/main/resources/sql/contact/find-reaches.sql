-- How each of several people is reached, by the rule of find-reach.
select distinct on (person.user_id) person.user_id, c.id as contact_id, c.language, a.language as account_language, c.opted_out_at,
       i.channel, i.address, i.send_to, i.last_inbound_at, i.suppressed_at
from unnest(:user_ids::text[], :numbers::text[]) as person (user_id, number)
cross join lateral (
    select id from contact where phone = person.number
    union
    select id from contact where account_id = person.user_id
) own
join contact c on c.id = own.id
left join account a on a.user_id = c.account_id
join identity i on i.contact_id = c.id and i.channel = any (:channels::text[])
order by person.user_id, (c.opted_out_at is not null or i.suppressed_at is not null), i.last_inbound_at desc nulls last,
         i.channel = :default_channel desc, i.address
