-- In the order of their keys: two requests that carry the same would wait for each other's otherwise.
insert into inbox (provider, number, event_key, body, received_at, state, error, finished_at)
select :provider, '', event_key, body, :received_at, 3, 'A report on no message of ours', clock_timestamp()
from unnest(:event_keys::text[], :bodies::text[]) as report (event_key, body)
order by event_key
on conflict (provider, number, event_key) do nothing
