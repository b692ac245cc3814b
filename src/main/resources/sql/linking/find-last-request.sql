-- The last request of this contact, or for this number on the web. The contact's own one goes first while it is open: a stranger who names
-- this number must not be in its way.
select id, user_id, code_hash, expires_at, wrong_tries, case when contact_id is null then phone_done_at else used_at end as used_at, void_at
from one_time_code
where contact_id = :contact_id or phone = :phone
order by (contact_id is not null and used_at is null and void_at is null and expires_at > :at) desc, requested_at desc, id desc
limit 1
