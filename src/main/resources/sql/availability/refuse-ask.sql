-- The question can't reach this agent.
update availability_ask set refused_at = :at, refusal = :reason, open = false where id = :id and refused_at is null and answered_at is null
