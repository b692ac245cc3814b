insert into contact (phone, profile_name, created_at) values (:phone, :profile_name, :at)
on conflict (phone) do update set phone = excluded.phone
returning id
