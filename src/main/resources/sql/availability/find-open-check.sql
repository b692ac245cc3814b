select * from availability_check where user_id = :user_id and listing_id = :listing_id and state in ('asked', 'reminded')
