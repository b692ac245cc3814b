select event_key from inbox where provider = :provider and number = :number and event_key = any (:event_keys::text[])
