update one_time_code set code_hash = :code_hash, expires_at = :expires_at
where id = :id and user_id is not null and used_at is null and void_at is null and requested_at > :at::timestamptz - interval '5 minutes'
