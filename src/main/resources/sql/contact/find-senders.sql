-- What a turn must know of whom it talks with, for as many as are asked for at once.
select i.channel, i.address, i.send_to, i.last_inbound_at,
       array(select o.address from identity o where o.contact_id = c.id and o.channel = i.channel) as addresses,
       c.id as contact_id, c.phone, c.profile_name, c.language, c.opted_out_at,
       a.user_id, a.email, a.role, a.name, a.language as account_language, a.time_zone,
       v.dialogue, v.dialogue_data, v.dialogue_expires_at, v.shown,
       greatest((select max(requested_at) from one_time_code o where o.contact_id = c.id),
                (select max(requested_at) from one_time_code o where o.phone = c.phone)) as code_requested_at,
       (select asked_at from availability_ask k where k.contact_id = c.id and asked_at is not null order by asked_at desc limit 1) as asked_at,
       exists (select 1 from availability_ask k where k.contact_id = c.id and k.open) as asked,
       greatest((select max(spoken_at) from relay_talk t where t.contact_id = c.id),
                (select spoken_at from relay_talk t where t.seeker_contact_id = c.id and t.ended_at is null)) as talked_at
from unnest(:channels::text[], :addresses::text[]) as asked (channel, address)
join identity i on i.channel = asked.channel and i.address = asked.address
join contact c on c.id = i.contact_id
left join account a on a.user_id = c.account_id
left join conversation v on v.contact_id = c.id
