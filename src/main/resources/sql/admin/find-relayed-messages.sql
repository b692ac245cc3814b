-- What somebody's message on another channel has said in a thread, soon after it came.
select m.thread_id, m.seq, m.event, m.key, m.text, m.extras, m.at, thread.last_read_seq, null::bigint as inbox_id, null::int as inbox_state, null as error
from thread_message m
join thread on thread.id = m.thread_id
where m.at >= :from and m.at < :to and m.key = 'relay:' || :flow
order by m.at, m.seq
limit :limit
