-- One that is over is so no more: what a provider failed late may wait to be said again, and the next tick ends it anew.
update broadcast set stopped_at = :now, stopped_by = :by, ended_at = null where id = :id and stopped_at is null
