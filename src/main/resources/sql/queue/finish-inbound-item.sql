-- The item's end: done, dead or set aside. No row: somebody else has ended it.
update inbox set state = :state, attempts = :attempts, error = :error, finished_at = clock_timestamp() where id = :id and state = 0
