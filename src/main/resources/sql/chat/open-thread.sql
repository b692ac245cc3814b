insert into thread (user_id, listing_id, title, visitor_name, language, created_at, updated_at)
values (:user_id, :listing_id, :title, :visitor_name, :language, :at, :at)
returning *
