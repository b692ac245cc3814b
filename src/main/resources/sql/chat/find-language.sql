select language from account where user_id = :user_id and language is not null
