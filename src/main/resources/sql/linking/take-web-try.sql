-- A try is taken before the code is looked at, so that nobody tries more often by trying at the same time.
update one_time_code set wrong_tries = wrong_tries + 1
where id = :id and used_at is null and void_at is null and expires_at > :at and wrong_tries < :most
returning code_hash, user_id, wrong_tries
