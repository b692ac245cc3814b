-- Whose words somebody quotes: 'out' for ours, 'in' for their own; none for a message that the hub does not know.
select m.direction from message m
where known_as(m, :provider_id) and m.channel = :channel and m.contact_id = :contact_id
limit 1
