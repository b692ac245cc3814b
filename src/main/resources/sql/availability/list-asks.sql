select * from availability_ask where check_id = :check_id order by position
