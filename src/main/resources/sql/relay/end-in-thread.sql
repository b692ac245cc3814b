update relay_talk set ended_at = :at where thread_id = :thread_id and ended_at is null
