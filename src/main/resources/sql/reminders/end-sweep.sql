update reminder_sweep set due_at = :next, retry_at = null
