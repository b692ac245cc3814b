-- Notes inspections as they are now. A time that is new counts as told when the hub has told it; what is unknown now stays as it was.
insert into inspection as i (id, property_id, property_title, location, time_zone, scheduled_at, status, seeker_id, seeker_name, agent_id,
    inspector_id, agent_contact, told_at)
select id, property_id, property_title, location, time_zone, scheduled_at, status, seeker_id, seeker_name, agent_id, inspector_id,
    agent_contact, :told_at::timestamptz
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
    told_at = case when i.scheduled_at = excluded.scheduled_at then i.told_at else excluded.told_at end
