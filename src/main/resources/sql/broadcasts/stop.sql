update broadcast set stopped_at = :now, stopped_by = :by where id = :id and stopped_at is null and ended_at is null
