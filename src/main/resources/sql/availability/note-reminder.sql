update availability_ask set reminded_at = :at where id = :id and reminded_at is null
