select * from preference where user_id = :user_id
