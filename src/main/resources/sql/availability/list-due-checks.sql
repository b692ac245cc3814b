select id from availability_check where due_at <= :now order by due_at, id limit :limit
