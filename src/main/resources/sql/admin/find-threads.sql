-- By its id, by whose it is, or by words that begin the words of its visitor's name, as their token said it or as the platform has it;
-- null where it is not looked for.
select id
from (
    select id from thread where id = :id::bigint
    union
    select id from thread where user_id = :user_id::text
    union
    select id from thread where to_tsvector('simple', visitor_name) @@ to_tsquery('simple', :words::text)
    union
    select thread.id
    from account
    join thread on thread.user_id = account.user_id
    where to_tsvector('simple', account.name) @@ to_tsquery('simple', :words::text)
) found
where id < :before
order by id desc
limit :limit
