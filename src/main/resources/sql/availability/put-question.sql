update availability_ask set asked_at = :at, contact_id = :contact_id, open = true
where id = :id and asked_at is null and refused_at is null
