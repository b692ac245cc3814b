select t.*, c.phone from relay_talk t join contact c on c.id = t.contact_id
where t.token = :token and t.contact_id = :contact_id
