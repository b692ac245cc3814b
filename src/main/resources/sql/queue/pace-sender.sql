update sender
set pace_at = case when pace_at between clock_timestamp() and clock_timestamp() + interval '10 seconds' then pace_at else clock_timestamp() end
              + :ms * interval '1 millisecond'
where channel = :channel
