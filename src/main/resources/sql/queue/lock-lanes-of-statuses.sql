-- The lanes that wait for one of these reports: a send in doubt, or a sequel that waits for its predecessor's delivery.
select lane_key from outbound_lane
where lane_key in (select lane_key from outbox where message_id = any (:reported::bigint[]) and state in (3, 4))
   or awaiting = any (:arrived::bigint[])
order by lane_key
for update
