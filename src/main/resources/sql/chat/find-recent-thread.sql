select * from thread where user_id = :user_id order by updated_at desc, id desc limit 1
