select contact_id from one_time_code where id = :id
