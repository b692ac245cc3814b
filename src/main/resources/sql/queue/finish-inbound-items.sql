-- The items' end: done, dead or set aside. A missing row: somebody else has ended it.
update inbox
set state = ended.state, attempts = ended.attempts, error = ended.error, finished_at = clock_timestamp()
from unnest(:ids::bigint[], :states::int[], :attempts::int[], :errors::text[]) as ended (id, state, attempts, error)
where inbox.id = ended.id and inbox.state = 0
