-- What follows in each of many threads: one read for all sockets that wait.
select asked.after, m.thread_id, m.seq, m.event, m.key, m.text, m.extras, m.at
from unnest(:thread_ids::bigint[], :afters::bigint[]) as asked (thread_id, after)
cross join lateral (
    select * from thread_message where thread_id = asked.thread_id and seq > asked.after order by seq limit :limit
) m
order by m.thread_id, asked.after, m.seq
