select * from availability_ask where contact_id = :contact_id and asked_at > :since order by asked_at desc limit 1
