select t.*, c.phone from relay_talk t join contact c on c.id = t.contact_id
where t.seeker_contact_id = :contact_id and t.ended_at is null and t.spoken_at > :since
