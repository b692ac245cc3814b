update incident set closed_at = :at where key = :key and closed_at is null returning opened_at, occurrences
