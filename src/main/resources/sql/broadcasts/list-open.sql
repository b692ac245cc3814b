select id from broadcast where ended_at is null order by id
