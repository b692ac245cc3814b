-- With whom the newest messages were exchanged, the latest first.
select contact_id
from (select id, contact_id from message order by id desc limit :messages) newest
where contact_id is not null
group by contact_id
order by max(id) desc
limit :limit
