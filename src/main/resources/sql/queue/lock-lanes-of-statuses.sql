-- The lanes that wait for one of these reports: a send whose answer is missing, in doubt or a refusal that may be mistaken, or a
-- sequel that waits for its predecessor's delivery. A union, because no index serves an "or" over two tables.
select lane_key from outbound_lane
where lane_key in (
    select lane_key from outbox where message_id = any (:reported::bigint[]) and state in (0, 3, 4, 5, 6)
        and (attempts > 0 or setbacks > 0)
    union
    select lane_key from outbound_lane where awaiting = any (:arrived::bigint[])
)
order by lane_key
for update
