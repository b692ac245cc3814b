-- By the end of the number (digits, turned round), by the platform's id, or by words that begin the words of a name; null where it is not looked for. The
-- colon comes after the digits.
select id
from (
    select id from contact where reverse(phone) collate "C" >= :ending::text and reverse(phone) collate "C" < :ending::text || ':'
    union
    select id from contact where to_tsvector('simple', profile_name) @@ to_tsquery('simple', :words::text)
    union
    select id from contact where account_id = :user_id::text
    union
    select c.id
    from account a
    join contact c on c.account_id = a.user_id
    where to_tsvector('simple', a.name) @@ to_tsquery('simple', :words::text)
) found
where id < :before
order by id desc
limit :limit
