-- What an agent has said and nobody has dealt with yet, the latest first.
select * from availability_burst where contact_id = :contact_id order by coalesce(due_at, first_at) desc, id desc
