select i.send_to, i.last_inbound_at, i.suppressed_at, c.opted_out_at
from identity i
join contact c on c.id = i.contact_id
where i.channel = :channel and i.address = :address
