select 1 from outbound_lane where lane_key = :lane_key and lease_no = :lease_no for update
