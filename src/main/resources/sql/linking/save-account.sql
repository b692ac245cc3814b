insert into account (user_id, email, role, name, language, time_zone, updated_at)
values (:user_id, :email, :role, :name, :language, :time_zone, :at)
on conflict (user_id) do update
set email = excluded.email, role = excluded.role, name = excluded.name, language = excluded.language,
    time_zone = excluded.time_zone, updated_at = excluded.updated_at
