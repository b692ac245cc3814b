-- After the lanes' lock, in a statement of its own, so that no item stored meanwhile is overlooked.
update inbound_lane l
set attempts = 0,
    due_at = case when exists (select 1 from inbox i where i.contact_key = l.contact_key and i.state = 0) then clock_timestamp() end
where contact_key = any (:contact_keys::text[])
returning due_at is not null
