update outbound_lane set due_at = clock_timestamp(), awaiting = null where lane_key = any (:lane_keys::text[]) and not leased
