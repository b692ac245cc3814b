-- Holds lanes still, in the order of their keys.
select lane_key from outbound_lane where lane_key = any (:lane_keys::text[]) order by lane_key for update
