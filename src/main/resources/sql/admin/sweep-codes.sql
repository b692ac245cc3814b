delete from one_time_code where id in (
    select id from one_time_code where requested_at < greatest(:handled_before::timestamptz, :dead_before) order by id limit :most
)
