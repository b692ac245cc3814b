select 1 from inbound_lane where contact_key = :contact_key and lease_no = :lease_no for update
