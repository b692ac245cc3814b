insert into saved_listing (user_id, property_id, title, saved_at) values (:user_id, :property_id, :title, :at)
on conflict (user_id, property_id) do nothing
