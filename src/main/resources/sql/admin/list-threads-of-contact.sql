select thread.id, thread.title, thread.updated_at
from contact
join thread on thread.user_id = contact.account_id
where contact.id = :contact_id
order by thread.updated_at desc, thread.id desc
limit :limit
