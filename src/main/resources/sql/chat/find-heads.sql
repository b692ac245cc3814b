-- How far each of many threads has come.
select id, created_at, last_seq from thread where id = any (:ids::bigint[])
