update thread set talking_until = :until, listing_id = coalesce(:listing_id::text, listing_id) where id = :id
