select * from availability_check where id = :id
