select id, fingerprint, recipients, skipped from broadcast where made_by = :made_by and key = :key
