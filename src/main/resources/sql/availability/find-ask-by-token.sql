select * from availability_ask where token = :token
