update relay_talk set spoken_at = :at, visitor_waits = :visitor_waits where id = :id and ended_at is null
