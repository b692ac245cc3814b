select leased and lease_no = :lease_no from outbound_lane where lane_key = :lane_key for update
