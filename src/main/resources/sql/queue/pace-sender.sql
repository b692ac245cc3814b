update sender set pace_at = greatest(pace_at, clock_timestamp()) + :ms * interval '1 millisecond' where channel = :channel
