update one_time_code set used_at = :at where id = :id and used_at is null and void_at is null
