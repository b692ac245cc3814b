-- How often the listing had been asked for before.
insert into availability_rotation as r (listing_id, count) values (:listing_id, 1)
on conflict (listing_id) do update set count = r.count + 1
returning count - 1
