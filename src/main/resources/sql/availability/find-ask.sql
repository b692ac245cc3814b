select * from availability_ask where id = :id
