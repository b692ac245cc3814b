-- Makes the reminders of one name those that are wanted: new ones, changed ones, none that are wanted no more. One that was seen to comes
-- again only when it has another time to tell of. Selects those that were seen to and are outdated: their messages may not have left yet.
with wanted as materialized (
    select w.*, i.scheduled_at
    from unnest(:inspection_ids::text[], :user_ids::text[], :due_at::text[]::timestamptz[], :give_up_at::text[]::timestamptz[])
        as w (inspection_id, user_id, due_at, give_up_at)
    join inspection i on i.id = w.inspection_id
    where w.user_id is not null
), outdated as materialized (
    select r.inspection_id, r.user_id, r.due_at from reminder r
    where r.inspection_id = any (:planned_ids::text[]) and r.name = :name
        and not exists (
            select 1 from wanted w
            where w.inspection_id = r.inspection_id and w.user_id = r.user_id and w.scheduled_at = r.scheduled_at)
    order by r.inspection_id, r.user_id
    for update of r
), dropped as (
    delete from reminder r
    using outdated o
    where r.inspection_id = o.inspection_id and r.name = :name and r.user_id = o.user_id
        and not exists (select 1 from wanted w where w.inspection_id = o.inspection_id and w.user_id = o.user_id)
), planned as (
    insert into reminder as r (inspection_id, name, user_id, scheduled_at, due_at, give_up_at)
    select inspection_id, :name, user_id, scheduled_at, due_at, give_up_at from wanted cross join (select count(*) from outdated) locked
    where give_up_at > :now
    order by inspection_id, user_id
    on conflict (inspection_id, name, user_id) do update
    set scheduled_at = excluded.scheduled_at, due_at = excluded.due_at, give_up_at = excluded.give_up_at, attempts = 0, retry_at = null
    where r.scheduled_at <> excluded.scheduled_at
        or (r.due_at is not null and (r.due_at, r.give_up_at) <> (excluded.due_at, excluded.give_up_at))
)
select inspection_id, user_id from outdated where due_at is null
