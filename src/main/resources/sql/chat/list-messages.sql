select thread_id, seq, event, key, text, extras, at from thread_message
where thread_id = :thread_id and seq > :after
order by seq
limit :limit
