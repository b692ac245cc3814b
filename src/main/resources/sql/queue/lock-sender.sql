-- Held for the length of one claim: the pace of our number holds over all instances.
select paused_until > clock_timestamp() as paused, bulk_paused_until > clock_timestamp() as bulk_paused, failures,
       coalesce(extract(epoch from (greatest(pace_at, clock_timestamp() - interval '1 hour') - clock_timestamp())) * 1000, 0) as ahead_ms
from sender where channel = :channel for update
