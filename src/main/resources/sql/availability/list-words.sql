select burst_id, text, media, quoted, at from availability_words where burst_id = any (:burst_ids::bigint[]) order by burst_id, id
