-- Makes a broadcast and fixes whom it goes to, or only counts them. A person is written to once, where they were last heard from, and not
-- at all if they have sent STOP from any of their numbers or told a provider that they want no more.
with person as materialized (
    select distinct on (a.user_id) a.user_id, c.id as contact_id, i.channel, i.address, i.last_inbound_at,
           lower(substring(coalesce(c.language, a.language) from '^[A-Za-z]+')) as wish
    from account a
    join contact c on c.account_id = a.user_id
    join identity i on i.contact_id = c.id and i.channel = any (:channels::text[])
    where (:role::text is null or a.role = :role::text)
        and (:area::text is null
            or a.role = 'seeker' and exists (select 1 from preference p where p.user_id = a.user_id and lower(p.area) = lower(:area::text))
            or a.role = 'agent' and a.user_id = any (:agents::text[]))
        and not exists (
            select 1 from contact own
            where own.account_id = a.user_id and (own.opted_out_at is not null
                or exists (select 1 from identity s where s.contact_id = own.id and s.suppressed_at is not null))
        )
    order by a.user_id, i.last_inbound_at desc nulls last, i.channel = :default_channel desc, i.address
), spoken as materialized (
    select person.*, case when wish = any (:languages::text[]) then wish else :default_language::text end as language from person
), audience as materialized (
    select spoken.*, (:template::text is not null or last_inbound_at > :now::timestamptz - interval '24 hours') is true as reached
    from spoken
    where :language::text is null or language = :language::text
), made as (
    insert into broadcast (made_by, key, fingerprint, role, language, area, text, template, template_language, template_parameters,
        recipients, skipped, created_at)
    select :made_by::text, :key::text, :fingerprint::text, :role::text, :language::text, :area::text, :text::text, :template::text,
        :template_language::text, :template_parameters::text[], count(*) filter (where reached), count(*) filter (where not reached),
        :now::timestamptz
    from audience
    having not :dry_run
    on conflict (made_by, key) do nothing
    returning id
), kept as (
    insert into broadcast_recipient (broadcast_id, contact_id, user_id, channel, address, language)
    select made.id, contact_id, user_id, channel, address, audience.language from made cross join audience where reached
)
select (select id from made) as id, people.*
from (values (1)) one
left join (select reached, channel, language, count(*) as people from audience group by reached, channel, language) people on true
