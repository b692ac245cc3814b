update availability_ask set answered_at = :at, answer = :answer where id = :id and answered_at is null
