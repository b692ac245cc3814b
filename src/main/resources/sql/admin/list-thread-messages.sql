-- What was said in a thread, the latest first, with what became of the visitor's words, as long as the inbox keeps them.
select m.thread_id, m.seq, m.event, m.key, m.text, m.extras, m.at, thread.last_read_seq, inbox.id as inbox_id, inbox.state as inbox_state, inbox.error
from thread_message m
join thread on thread.id = m.thread_id
left join inbox on m.event = 'user_message' and inbox.provider = 'web' and inbox.number = ''
    and inbox.event_key = m.thread_id || ':' || coalesce(substr(m.key, 8), '#' || m.seq)
where m.thread_id = :thread_id and m.seq < :before
order by m.seq desc
limit :limit
