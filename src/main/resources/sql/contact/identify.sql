insert into identity as i (channel, address, contact_id, send_to) values (:channel, :address, :contact_id, :send_to)
on conflict (channel, address) do update set contact_id = excluded.contact_id, send_to = excluded.send_to
where i.contact_id <> excluded.contact_id or i.send_to <> excluded.send_to
