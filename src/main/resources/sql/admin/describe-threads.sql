-- Threads in the order in which they are asked for. A name that the platform has goes before one that a token said.
select thread.id, thread.title, coalesce(account.name, nullif(thread.visitor_name, '')) as name, account.role, thread.listing_id,
       coalesce(account.language, thread.language) as language, thread.last_seq, thread.last_read_seq,
       coalesce(thread.talking_until > :now, false) as talking, thread.updated_at
from unnest(:ids::bigint[]) with ordinality as wanted (id, n)
join thread on thread.id = wanted.id
left join account on account.user_id = thread.user_id
order by wanted.n
