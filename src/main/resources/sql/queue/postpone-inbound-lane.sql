-- The head failed and waits: the lane with it, so that order holds. The start is taken back when it was not the item's fault.
update inbound_lane
set due_at = clock_timestamp() + :delay_ms * interval '1 millisecond', attempts = greatest(0, attempts - :taken_back)
where contact_key = :contact_key and lease_no = :lease_no
