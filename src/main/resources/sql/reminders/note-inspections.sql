-- Notes inspections as they are now. A time counts as told when the hub has told it; what is unknown now stays as it was. What the platform
-- was asked for at a moment yields to what the hub has arranged since.
insert into inspection as i (id, property_id, property_title, location, time_zone, scheduled_at, status, seeker_id, seeker_name, agent_id,
    inspector_id, agent_contact, told_at, noted_at)
select id, property_id, property_title, location, time_zone, scheduled_at, status, seeker_id, seeker_name, agent_id, inspector_id,
    agent_contact, :told_at::timestamptz, clock_timestamp()
from unnest(:ids::text[], :property_ids::text[], :property_titles::text[], :locations::text[], :time_zones::text[],
    :scheduled_at::text[]::timestamptz[], :statuses::text[], :seeker_ids::text[], :seeker_names::text[], :agent_ids::text[],
    :inspector_ids::text[], :agent_contacts::text[])
    as noted (id, property_id, property_title, location, time_zone, scheduled_at, status, seeker_id, seeker_name, agent_id, inspector_id,
    agent_contact)
order by id
on conflict (id) do update
set property_id = excluded.property_id, property_title = excluded.property_title, location = excluded.location,
    time_zone = coalesce(excluded.time_zone, i.time_zone), scheduled_at = excluded.scheduled_at, status = excluded.status,
    seeker_id = excluded.seeker_id, seeker_name = coalesce(excluded.seeker_name, i.seeker_name), agent_id = excluded.agent_id,
    inspector_id = excluded.inspector_id, agent_contact = excluded.agent_contact,
    told_at = case when i.scheduled_at = excluded.scheduled_at then coalesce(i.told_at, excluded.told_at) else excluded.told_at end,
    noted_at = excluded.noted_at
where :asked_at::timestamptz is null or i.noted_at < :asked_at
