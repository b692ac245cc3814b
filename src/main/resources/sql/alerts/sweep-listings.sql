delete from alert_listing
where (user_id, listing_id) in (select user_id, listing_id from alert_listing where told_at < :before limit :most)
