-- Words that are dealt with.
delete from availability_words where burst_id = :id and id = any (:word_ids::bigint[]) and media is null
