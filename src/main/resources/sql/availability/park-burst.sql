-- Waits until the agent has said which check is meant.
update availability_burst set due_at = null, leased_until = null where id = :id and lease_no = :lease_no and ask_id is null
