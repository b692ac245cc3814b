-- The provider has said that a person's service window was closed when a message was sent. One that has opened since stays open.
update identity set last_inbound_at = null
where channel = :channel and address = :address and last_inbound_at <= :heard_until
