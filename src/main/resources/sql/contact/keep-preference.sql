-- Only what was changed: the rest may have been changed elsewhere meanwhile.
insert into preference as kept (user_id, area, min_price, max_price, bedrooms, rent_type, changed_at)
values (:user_id, :area, :min_price, :max_price, :bedrooms, :rent_type, :at)
on conflict (user_id) do update
set area = case when :area_changed then excluded.area else kept.area end,
    min_price = case when :prices_changed then excluded.min_price else kept.min_price end,
    max_price = case when :prices_changed then excluded.max_price else kept.max_price end,
    bedrooms = case when :bedrooms_changed then excluded.bedrooms else kept.bedrooms end,
    rent_type = case when :rent_type_changed then excluded.rent_type else kept.rent_type end,
    changed_at = excluded.changed_at
