select provider, state, attempts, error, received_at, finished_at, clock_timestamp() as real_time from inbox where id = :id
