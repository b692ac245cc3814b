insert into search (contact_id, area, min_price, max_price, bedrooms, rent_type, cursor, ended, changed_at)
values (:contact_id, :area, :min_price, :max_price, :bedrooms, :rent_type, :cursor, :ended, :at)
on conflict (contact_id) do update
set area = excluded.area, min_price = excluded.min_price, max_price = excluded.max_price, bedrooms = excluded.bedrooms,
    rent_type = excluded.rent_type, cursor = excluded.cursor, ended = excluded.ended, changed_at = excluded.changed_at
