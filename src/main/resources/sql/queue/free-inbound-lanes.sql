-- After the lanes' lock, in a statement of its own, so that no item stored meanwhile is overlooked. A sub-select with a
-- limit, because an "exists" may be answered by hashing all open items.
update inbound_lane l
set attempts = 0,
    due_at = (select clock_timestamp() from inbox i where i.contact_key = l.contact_key and i.state = 0 limit 1)
where contact_key = any (:contact_keys::text[])
returning due_at is not null
