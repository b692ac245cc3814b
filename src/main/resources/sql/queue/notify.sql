select pg_notify(:channel, :queue)::text
