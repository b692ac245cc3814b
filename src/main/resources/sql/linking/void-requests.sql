update one_time_code set void_at = :at where contact_id = :contact_id and used_at is null and void_at is null
