delete from relay_words where id in (select id from relay_words where at < :before order by id limit :most)
