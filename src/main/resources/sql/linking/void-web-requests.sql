update one_time_code set void_at = :at where email = :email and contact_id is null and used_at is null and void_at is null
