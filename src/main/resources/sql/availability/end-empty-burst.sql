-- Nothing is left of it.
delete from availability_burst where id = :id and not exists (select from availability_words where burst_id = :id)
