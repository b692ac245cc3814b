-- A change is recorded with its time and cause. A check that is closed changes no more.
with changed as (
    update availability_check
    set state = :state, changes = changes + 1, due_at = :due_at, answered_at = coalesce(:answered_at::timestamptz, answered_at),
        price = coalesce(:price::text, price), available_from = coalesce(:available_from::date, available_from),
        photos = coalesce(:photos::text[], photos)
    where id = :id and state in ('asked', 'reminded')
    returning *
), noted as (
    insert into availability_change (check_id, n, state, cause, ask_id, at) select id, changes, state, :cause, :ask_id::bigint, :at from changed
)
select * from changed
