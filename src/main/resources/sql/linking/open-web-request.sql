insert into one_time_code (email, phone, user_id, requested_at, expires_at)
values (:email, :phone, :user_id, :requested_at, :expires_at)
returning id
