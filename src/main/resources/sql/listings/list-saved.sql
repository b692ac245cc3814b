select property_id, title from saved_listing where user_id = :user_id order by saved_at desc, property_id limit :most offset :skip
