insert into preference (user_id, area, min_price, max_price, bedrooms, rent_type, changed_at)
values (:user_id, :area, :min_price, :max_price, :bedrooms, :rent_type, :at)
on conflict (user_id) do update
set area = excluded.area, min_price = excluded.min_price, max_price = excluded.max_price, bedrooms = excluded.bedrooms,
    rent_type = excluded.rent_type, changed_at = excluded.changed_at
