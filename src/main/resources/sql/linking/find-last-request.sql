select id, user_id, code_hash, expires_at, wrong_tries, used_at, void_at from one_time_code
where contact_id = :contact_id
order by requested_at desc, id desc
limit 1
