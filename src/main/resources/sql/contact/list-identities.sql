select channel, address, send_to, last_inbound_at from identity
where contact_id = :contact_id
order by last_inbound_at desc nulls last, channel, address
