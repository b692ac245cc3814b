-- The items' end: done, dead or set aside. A missing row: somebody else has ended it. Open is written as what it is not, else the
-- index of the open rows could serve, which is small when the plan is made and holds a whole backlog when it is needed.
update inbox
set state = ended.state, attempts = ended.attempts, error = ended.error, finished_at = clock_timestamp(),
    routes = concat_ws(chr(10), case when length(inbox.routes) < 2000 then inbox.routes end, ended.routes)
from unnest(:ids::bigint[], :states::int[], :attempts::int[], :errors::text[], :routes::text[]) as ended (id, state, attempts, error, routes)
where inbox.id = ended.id and inbox.state not in (1, 2, 3)
