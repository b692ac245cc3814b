select * from availability_ask where contact_id = :contact_id and open order by id limit :limit
