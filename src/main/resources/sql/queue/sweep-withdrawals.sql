-- What died is kept no longer either.
delete from withdrawal where about in (select about from withdrawal where at < :before limit :most)
