select provider, contact_key, event_key, case when provider = 'web' then body end as body, state, attempts, error, routes, received_at, finished_at,
       clock_timestamp() as real_time
from inbox
where id = :id
