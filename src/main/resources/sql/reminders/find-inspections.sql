select * from inspection where id = any (:ids::text[]) order by id
