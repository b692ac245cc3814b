-- Broadcasts: something for many. All times are business time.
--
-- Order in which rows are locked: broadcast, broadcast_recipient, then what V1 names. Whoever changes a broadcast's recipients holds the
-- broadcast.

create table broadcast (
    id                  bigint generated always as identity primary key,
    made_by             text not null,                  -- the platform's id of an administrator
    key                 text,                           -- their own name of the request: asked again it is the same broadcast
    fingerprint         text not null,                  -- of what was asked for
    role                text,                           -- the audience; null is any
    language            text,
    area                text,
    text                text,                           -- goes inside the service window
    template            text,                           -- goes outside of it, and inside too if there is no text
    template_language   text,                           -- null: each recipient's
    template_parameters text[] not null,
    recipients          int not null,
    skipped             int not null,                   -- of the audience, but outside the service window when it was made, and without a template
    created_at          timestamptz not null,
    stopped_at          timestamptz,
    stopped_by          text,
    ended_at            timestamptz,                    -- nothing of it waits any more
    sent                int,                            -- these: null as long as its recipients are kept
    delivered           int,
    read                int,
    failed              int,
    left_out            int,
    unique (made_by, key),
    check (text is not null or template is not null)
);
create index broadcast_open on broadcast (id) where ended_at is null;

-- Whom it goes to, fixed when it is made. state: 0 waits, 1 queued, 2 has left or failed, 3 left out (STOP since, or the window has closed).
create table broadcast_recipient (
    broadcast_id bigint not null references broadcast (id) on delete cascade,
    contact_id   bigint not null,
    user_id      text   not null,                       -- the account: each person once
    channel      text   not null,
    address      text   not null,
    language     text   not null,
    state        smallint not null default 0,
    message_id   bigint,                                -- in the log
    primary key (broadcast_id, contact_id)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
create index broadcast_recipient_waiting on broadcast_recipient (broadcast_id, channel, contact_id) where state = 0;
create index broadcast_recipient_queued on broadcast_recipient (broadcast_id, contact_id) where state = 1;

-- What a provider had accepted and then failed is said once more: the first message that said it.
alter table message add column repeats bigint;
create index message_repeats on message (repeats, id) where repeats is not null;
