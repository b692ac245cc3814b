-- Availability checks: a visitor's question, put to the agents of a listing one after the other. All times here are business time,
-- but for leases.
--
-- Order in which rows are locked: bursts, then the check, then its asks, then `thread`, then what V1 names.

create table availability_check (
    id             bigint generated always as identity primary key,
    user_id        text not null,                       -- the platform's id of the visitor
    visitor_name   text not null,
    language       text not null,                       -- the visitor's
    thread_id      bigint not null references thread (id) on delete cascade,
    listing_id     text not null,
    listing_title  text not null,
    currency       text,                                -- the listing's: what an agent means who names none
    rent_period    text,                                -- likewise
    state          text not null check (state in ('asked', 'reminded', 'available', 'unavailable', 'expired', 'failed')),
    changes        int  not null default 1,             -- how often it has changed; the number of the newest change
    asked_at       timestamptz not null,
    expires_at     timestamptz not null,
    due_at         timestamptz,                         -- when something happens if no answer comes; null: nothing any more
    answered_at    timestamptz,
    price          text,                                -- as people are shown it
    available_from date,
    photos         text[] not null default '{}'          -- their addresses
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create unique index availability_check_open on availability_check (user_id, listing_id) where state in ('asked', 'reminded');
create index availability_check_user on availability_check (user_id, asked_at);
create index availability_check_due on availability_check (due_at, id) where due_at is not null;
create index availability_check_asked on availability_check (asked_at);

-- An agent whom a check is put to, or will be if those before stay silent.
create table availability_ask (
    id          bigint generated always as identity primary key,
    check_id    bigint not null references availability_check (id) on delete cascade,
    position    smallint not null,                      -- 0 is asked first
    agent_id    text not null,                          -- the platform's id
    agent_name  text not null,
    phone       text,                                   -- as the platform has it, E.164
    language    text not null,                          -- the agent's
    time_zone   text not null,
    token       text not null unique,                   -- comes back with a button; nobody can guess it
    contact_id  bigint references contact (id) on delete cascade, -- whose answer counts; null until asked
    asked_at    timestamptz,
    reminded_at timestamptz,
    answered_at timestamptz,                            -- of a yes or a no
    answer      text check (answer in ('yes', 'no')),
    refused_at  timestamptz,                            -- the question can't reach this agent
    refusal     text,
    open        boolean not null default false,         -- an answer is awaited
    unique (check_id, position)
) with (fillfactor = 70);
create index availability_ask_open on availability_ask (contact_id, id) where open;
create index availability_ask_contact on availability_ask (contact_id, asked_at) where asked_at is not null;
create index availability_ask_agent on availability_ask (agent_id, asked_at) where asked_at is not null;

-- What has become of a check, and why.
create table availability_change (
    check_id bigint not null references availability_check (id) on delete cascade,
    n        int    not null,
    state    text   not null,
    cause    text   not null,                           -- in words for an operator
    ask_id   bigint,                                    -- whom it concerns, null for nobody
    at       timestamptz not null,
    primary key (check_id, n)
);

-- Whose turn it is to be asked first: how often a listing has been asked for.
create table availability_rotation (
    listing_id text primary key,
    count      bigint not null
) with (fillfactor = 70);

-- What an agent is saying: all messages until there is a pause are one answer.
create table availability_burst (
    id           bigint generated always as identity primary key,
    contact_id   bigint not null references contact (id) on delete cascade,
    ask_id       bigint references availability_ask (id) on delete cascade, -- null: it is not known which is meant
    channel      text not null,                         -- how the agent is answered
    address      text not null,
    first_at     timestamptz not null,
    due_at       timestamptz,                           -- when it is taken for complete; null: the agent is to say which is meant
    lease_no     int not null default 0,                -- the fencing number: another message makes it another burst
    leased_until timestamptz,                           -- real time
    attempts     smallint not null default 0,
    unique nulls not distinct (contact_id, ask_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create index availability_burst_due on availability_burst (due_at, id) where due_at is not null;
create index availability_burst_ask on availability_burst (ask_id) where ask_id is not null;

create table availability_words (
    id       bigint generated always as identity primary key,
    burst_id bigint not null references availability_burst (id) on delete cascade,
    text     text   not null,
    media    text,                                      -- JSON, null for none
    quoted   boolean not null,                          -- whether it answers to a question of ours
    at       timestamptz not null
);
create index availability_words_burst on availability_words (burst_id, id);

-- Questions that will not arrive, until the next tick has seen to them. Written while lanes are locked, so it locks nothing else.
create table availability_refusal (
    message_id bigint primary key,
    ask_id     bigint not null,
    reason     text not null,
    at         timestamptz not null
);
