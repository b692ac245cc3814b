-- The visitor's threads, the newest first, after the one that the last page ended with.
select * from thread
where user_id = :user_id and (:before_at::timestamptz is null or (updated_at, id) < (:before_at::timestamptz, :before_id::bigint))
order by updated_at desc, id desc
limit :limit
