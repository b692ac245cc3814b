-- Those that were opened last, and those, however old, in which visitors wrote last: the one of the latest message first.
select thread.id
from (
    (select id from thread order by id desc limit :limit)
    union
    select substr(contact_key, 5)::bigint
    from (select provider, contact_key from inbox order by id desc limit :items) newest
    where provider = 'web'
) found
join thread on thread.id = found.id
order by thread.updated_at desc, thread.id desc
limit :limit
