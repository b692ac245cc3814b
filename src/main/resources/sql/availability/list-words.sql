select id, burst_id, text, media, quotes, at from availability_words where burst_id = any (:burst_ids::bigint[]) order by burst_id, id
