delete from saved_listing where user_id = :user_id and property_id = :property_id
