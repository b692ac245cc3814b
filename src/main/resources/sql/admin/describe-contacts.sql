-- Contacts in the order in which they are asked for. A name that the platform has goes before one that a person chose.
select c.id, coalesce(a.name, c.profile_name) as name, coalesce(c.phone, (select min(address) from identity where contact_id = c.id)) as address,
       a.role, coalesce(c.language, a.language) as language, c.account_id is not null as linked, c.opted_out_at is not null as opted_out,
       (select string_agg(distinct channel, ' ') from identity where contact_id = c.id) as channels,
       (select max(last_inbound_at) from identity where contact_id = c.id) as heard_at
from unnest(:ids::bigint[]) with ordinality as wanted (id, n)
join contact c on c.id = wanted.id
left join account a on a.user_id = c.account_id
order by wanted.n
