update relay_talk set ended_at = :at where id = :id and ended_at is null
