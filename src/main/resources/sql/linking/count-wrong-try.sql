update one_time_code set wrong_tries = wrong_tries + 1, void_at = :void_at where id = :id and wrong_tries = :seen and void_at is null
