insert into one_time_code (contact_id, email, user_id, requested_at, expires_at)
values (:contact_id, :email, :user_id, :requested_at, :expires_at)
returning id
