update one_time_code set void_at = :at where id = :id and used_at is null and void_at is null
