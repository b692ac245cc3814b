-- Whoever asks for this visitor waits until this transaction has ended.
select pg_advisory_xact_lock(hashtextextended('check:' || :user_id, 0))
