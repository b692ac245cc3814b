-- Held for the length of one claim: the pace of our number holds over all instances. A pace that is further ahead than any claim
-- brings it is what a clock that was set back has left.
select paused_until > clock_timestamp() as paused, bulk_paused_until > clock_timestamp() as bulk_paused, failures,
       case when pace_at < clock_timestamp() or pace_at > clock_timestamp() + interval '10 seconds' then 0
            else extract(epoch from (pace_at - clock_timestamp())) * 1000 end as ahead_ms
from sender where channel = :channel for update
