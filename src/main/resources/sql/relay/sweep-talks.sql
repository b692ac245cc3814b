delete from relay_talk where id in (select id from relay_talk where spoken_at < :before order by id limit :most)
