select * from thread where id = :id
