-- A page of those who want news, each with the new homes that they look for and have not been told of, the newest first. What a home does
-- not say matches no wish for it.
with seeker as materialized (
    select * from preference where alerts_since is not null and user_id > :after order by user_id limit :limit
)
select seeker.user_id, home.n::int as n
from seeker
left join lateral (
    select h.*
    from unnest(:ids::text[], :areas::text[], :prices::numeric[], :bedrooms::int[], :rent_types::text[], :created_at::text[]::timestamptz[])
        with ordinality as h (id, area, price, bedrooms, rent_type, created_at, n)
    where h.created_at >= case when seeker.alerts_since > coalesce(:since::timestamptz, '-infinity')
                               then seeker.alerts_since - :look_back_ms * interval '1 millisecond' else :since::timestamptz end
        and (seeker.area is null or lower(h.area) = lower(seeker.area))
        and (seeker.min_price is null or h.price >= seeker.min_price)
        and (seeker.max_price is null or h.price <= seeker.max_price)
        and (seeker.bedrooms is null or h.bedrooms = seeker.bedrooms)
        and (seeker.rent_type is null or lower(h.rent_type) = lower(seeker.rent_type))
        and not exists (select 1 from alert_listing told where told.user_id = seeker.user_id and told.listing_id = h.id)
) home on true
order by seeker.user_id, home.created_at desc, home.n
