-- Takes back all messages about these that have been said so far: the log's ids are taken before a message is written. In the order of
-- their keys, like everything.
insert into withdrawal as w (about, message_id, at)
select distinct about, (select case when is_called then last_value else 0 end from message_id_seq), :at::timestamptz
from unnest(:abouts::text[]) as taken_back (about)
order by about
on conflict (about) do update set message_id = excluded.message_id, at = excluded.at
