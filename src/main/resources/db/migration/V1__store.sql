-- The hub's store. Schema hub; migrations are append-only.
--
-- Order in which rows are locked, everywhere, so that nothing can deadlock:
--   outbound_lane (by key) -> outbox -> message (by id) -> inbound_lane (by key) -> inbox

-- A person of the Inspector platform whom at least one number is linked to.
create table account (
    user_id    text primary key,                        -- the platform's id
    email      text not null,
    role       text not null check (role in ('seeker', 'agent', 'inspector', 'admin')),
    name       text not null,
    language   text,
    time_zone  text,
    updated_at timestamptz not null
);

-- Somebody the hub talks with. Several contacts (numbers) may belong to one account.
create table contact (
    id           bigint generated always as identity primary key,
    phone        text unique,                           -- E.164, canonical; null while the provider hides it
    profile_name text,
    language     text,                                  -- chosen by the contact; null: the account's, else the hub's
    account_id   text references account (user_id),
    linked_at    timestamptz,
    opted_out_at timestamptz,                           -- STOP: nothing but direct answers
    created_at   timestamptz not null
);
create index contact_account on contact (account_id) where account_id is not null;

-- How a contact is reached on a channel. One contact may have several: a number, a provider's user id, another channel.
create table identity (
    channel           text   not null,
    address           text   not null,                  -- canonical: E.164, else the provider's user id
    contact_id        bigint not null references contact (id) on delete cascade,
    send_to           text   not null,                  -- the provider's own form of it
    last_inbound_at   timestamptz,                      -- opens the 24-hour service window
    suppressed_at     timestamptz,                      -- the provider said that this person wants no more of it
    suppressed_reason text,
    primary key (channel, address)
) with (fillfactor = 70);
create index identity_contact on identity (contact_id);

-- What a conversation remembers between two messages.
create table conversation (
    contact_id          bigint primary key references contact (id) on delete cascade,
    dialogue            text,                           -- the question that waits for an answer; null for none
    dialogue_data       text,                           -- JSON, what the dialogue has gathered
    dialogue_expires_at timestamptz,
    shown               text                            -- JSON: options last sent, objects last shown
) with (fillfactor = 70);

-- A request for a one-time code. Unknown addresses leave a row too, so that they count like known ones.
create table one_time_code (
    id           bigint generated always as identity primary key,
    contact_id   bigint not null references contact (id) on delete cascade,
    email        text   not null,
    user_id      text,                                  -- null: no such account, no mail is sent
    code_hash    text,                                  -- null until the mail is made; bcrypt
    requested_at timestamptz not null,
    expires_at   timestamptz not null,
    wrong_tries  int not null default 0,
    used_at      timestamptz,
    void_at      timestamptz                            -- replaced, too many wrong tries, or the mail failed
);
create index one_time_code_contact on one_time_code (contact_id, requested_at);
create index one_time_code_email on one_time_code (email, requested_at);

-- The log of all that was said.
create table message (
    id             bigint generated always as identity primary key,
    contact_id     bigint,                              -- null for what goes to nobody the hub talks with (an alert)
    direction      text not null check (direction in ('in', 'out')),
    channel        text not null,
    kind           text not null,
    text           text not null,
    provider_id    text,
    correlation_id text not null,
    state          smallint not null,                   -- hub.channel.MessageState by rank; for inbound 2
    error          text,
    doubts         smallint not null default 0,         -- how often nobody knew whether a send had been accepted
    at             timestamptz not null,                -- business time
    sent_at        timestamptz,
    delivered_at   timestamptz,
    read_at        timestamptz
) with (fillfactor = 80);
create index message_contact on message (contact_id, id);
create index message_provider on message (provider_id) where provider_id is not null;

-- What providers delivered. state: 0 open, 1 done, 2 dead (kept with its reason), 3 set aside (limited, not for us).
create table inbox (
    id          bigint generated always as identity primary key,
    provider    text not null,
    number      text not null,
    event_key   text not null,
    contact_key text,                                   -- null only for what is dead on arrival
    body        text not null,
    received_at timestamptz not null,                   -- business time
    state       smallint not null default 0,
    attempts    smallint not null default 0,
    error       text,
    finished_at timestamptz,
    unique (provider, number, event_key)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create index inbox_open on inbox (contact_key, id) where state = 0;
create index inbox_dead on inbox (id) where state = 2;
create index inbox_received on inbox using brin (received_at);

-- A contact's line: what workers claim. Leases, back-off and due times are real time (clock_timestamp()).
create table inbound_lane (
    contact_key text primary key,
    due_at      timestamptz,                            -- null: nothing to do
    lease_no    bigint not null default 0,              -- the fencing number
    attempts    int not null default 0                  -- starts of the present head
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
create index inbound_lane_due on inbound_lane (due_at) where due_at is not null;

-- What is to be sent. state: 0 open, 1 done, 2 dead, 3 sending, 4 in doubt.
create table outbox (
    id             bigint generated always as identity primary key,
    lane_key       text not null,                       -- channel and address
    channel        text not null,
    message_id     bigint not null,
    priority       smallint not null,                   -- hub.message.Priority by ordinal
    sequel         boolean not null default false,      -- waits until its predecessor is delivered, for a while
    not_before     timestamptz,                         -- real time; null: at once
    state          smallint not null default 0,
    attempts       smallint not null default 0,
    lease_no       bigint,                              -- of the lane, when it was last sent
    error          text,
    body           text not null,                       -- JSON
    correlation_id text not null,
    created_at     timestamptz not null default clock_timestamp()
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create index outbox_open on outbox (lane_key, priority, id) where state in (0, 3, 4);
create index outbox_attempted on outbox (message_id) where state in (0, 3, 4) and attempts > 0;
create index outbox_dead on outbox (id) where state = 2;
create index outbox_created on outbox using brin (created_at);

create table outbound_lane (
    lane_key text primary key,
    channel  text not null,
    priority smallint not null,                         -- the best that it holds
    due_at   timestamptz,
    lease_no bigint not null default 0,
    leased   boolean not null default false,            -- still true when due: its worker died
    free_at  timestamptz not null default '-infinity',  -- before this the contact's own rate allows nothing
    pace_at  timestamptz not null default '-infinity',  -- GCRA's theoretical arrival time
    awaiting bigint                                     -- the message whose delivery the next one waits for
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
create index outbound_lane_due on outbound_lane (channel, priority, due_at) where due_at is not null;
create index outbound_lane_awaiting on outbound_lane (awaiting) where awaiting is not null;

-- One row a channel: its pace and its pauses.
create table sender (
    channel           text primary key,
    pace_at           timestamptz not null default '-infinity',
    paused_until      timestamptz not null default '-infinity',
    bulk_paused_until timestamptz not null default '-infinity',
    failures          int not null default 0,           -- refusals in a row; each makes the pause longer
    reason            text
);

-- Something that an administrator was told of. Open until it has recovered.
create table incident (
    key         text primary key,                       -- such as platform, mail, channel:whatsapp
    opened_at   timestamptz not null,
    last_at     timestamptz not null,
    occurrences int not null default 1,
    detail      text not null,
    closed_at   timestamptz
);
