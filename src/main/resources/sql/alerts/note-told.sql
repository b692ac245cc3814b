-- Takes homes for people. One that another instance has taken meanwhile is not counted.
insert into alert_listing (user_id, listing_id, told_at)
select user_id, listing_id, :at from unnest(:user_ids::text[], :listing_ids::text[]) as told (user_id, listing_id)
order by user_id, listing_id
on conflict (user_id, listing_id) do nothing
