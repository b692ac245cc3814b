select paused_until > clock_timestamp() as paused, bulk_paused_until > clock_timestamp() as bulk_paused, failures, 0 as ahead_ms
from sender where channel = :channel
