update one_time_code set used_at = :at, wrong_tries = wrong_tries - 1 where id = :id and used_at is null and void_at is null
