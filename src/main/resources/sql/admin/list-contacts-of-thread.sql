select contact.id
from thread
join contact on contact.account_id = thread.user_id
where thread.id = :thread_id
order by contact.id
limit :limit
