insert into inbox (provider, number, event_key, body, received_at, state, error, finished_at)
values (:provider, '', :event_key, :body, :received_at, 3, 'A report on no message of ours', clock_timestamp())
on conflict (provider, number, event_key) do nothing
