update availability_ask set open = false where check_id = :check_id and open
