select contact_key is not null as known from inbox where id = :id and state = 2
