update identity set last_inbound_at = null where channel = :channel and address = :address
