-- What belongs to one flow in the visitor's own thread: the words that it answers, and its answers.
select m.thread_id, m.seq, m.event, m.key, m.text, m.extras, m.at, thread.last_read_seq, inbox.id as inbox_id, inbox.state as inbox_state, inbox.error
from thread_message m
join thread on thread.id = m.thread_id
left join inbox on m.event = 'user_message' and inbox.id = :inbox_id
where m.thread_id = :thread_id and (m.seq = :seq or starts_with(m.key, :flow || ':'))
order by m.seq
limit :limit
