update alert_run set since = :began, due_at = :next, retry_at = null
