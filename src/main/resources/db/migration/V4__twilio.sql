-- Twilio's channel. The order of locks is that of V1; reconciliation stands apart from it.

-- What was last said to somebody there: a bare number is a choice of its options.
create index outbox_said on outbox (lane_key, id) where state = 1 and channel = 'twilio';

-- Channels whose provider does not repeat what the hub could not take: until when its own list of messages has been compared
-- with the inbox. One row a channel. Times are business time, but the lease.
create table reconciliation (
    channel     text primary key,
    seen_until  timestamptz not null,                        -- everything before is in the inbox
    run_at      timestamptz not null default '-infinity',    -- when it was last compared
    lease_no    bigint not null default 0,                   -- the fencing number
    leased_until timestamptz not null default '-infinity'    -- real time: one instance at a time
);
