update outbound_lane set due_at = greatest(clock_timestamp(), free_at), awaiting = null where lane_key = any (:lane_keys::text[]) and not leased
