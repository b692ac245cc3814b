insert into identity (channel, address, contact_id, send_to) values (:channel, :address, :contact_id, :send_to)
on conflict (channel, address) do nothing
