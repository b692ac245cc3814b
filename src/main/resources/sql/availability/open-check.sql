with opened as (
    insert into availability_check (user_id, visitor_name, language, thread_id, listing_id, listing_title, currency, rent_period, state, asked_at,
        expires_at, due_at)
    values (:user_id, :visitor_name, :language, :thread_id, :listing_id, :listing_title, :currency, :rent_period, 'asked', :at, :expires_at, :due_at)
    returning *
), noted as (
    insert into availability_change (check_id, n, state, cause, at) select id, 1, state, 'The visitor asks', :at from opened
)
select * from opened
