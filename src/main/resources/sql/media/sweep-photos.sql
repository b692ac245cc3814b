delete from photo where token in (select token from photo where expires_at <= :now order by expires_at limit :most)
