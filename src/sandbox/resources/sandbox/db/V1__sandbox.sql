-- What the sandbox's stand-ins remember: their own schema, never read by the hub.

create table clock (
    one       boolean primary key default true check (one),
    offset_ms bigint not null default 0                     -- business time is real time plus this
);
insert into clock default values;

create table faults (
    one   boolean primary key default true check (one),
    value jsonb   not null default '{}'
);
insert into faults default values;

-- A phone, as soon as it has sent or got something.
create table phone (
    address         text primary key,                       -- E.164, else the user id of a person without a visible number
    name            text,
    user_id         text unique not null,                   -- Meta's business-scoped id of this person
    hidden          boolean not null default false,         -- its number does not appear in webhooks
    last_n          bigint not null default 0,
    last_inbound_at timestamptz,                            -- business time; opens the service window
    typing_until    timestamptz                             -- real time; the hub shows that it is writing
);

create table phone_message (
    phone     text   not null references phone (address) on delete cascade,
    n         bigint not null,
    id        text   not null,
    direction text   not null check (direction in ('in', 'out')), -- out: from the hub
    channel   text   not null,
    type      text   not null,
    text      text,
    header    text,
    footer    text,
    options   jsonb  not null default '[]',
    media     jsonb  not null default '[]',
    template  text,
    details   jsonb  not null default '{}',                 -- location, quoted message, emoji, list label, error
    status    text,
    at        timestamptz not null,                         -- business time
    primary key (phone, n)
);
create index phone_message_id on phone_message (id);

-- Webhooks to the hub. state: 0 open, 1 under way, 2 delivered, 3 given up.
create table delivery (
    id       bigint generated always as identity primary key,
    kind     text not null,                                 -- message, status
    provider text not null,
    lane     text,                                          -- deliveries of one lane go one after the other; null: no order
    body     text not null,
    summary  text not null,
    effect   jsonb,                                         -- what the phone shows once this is under way
    state    smallint not null default 0,
    due_at   timestamptz not null default clock_timestamp(),-- real time
    attempts int not null default 0,
    answer   int,                                           -- the hub's last HTTP status; null: none
    ms       bigint,
    at       timestamptz not null,                          -- business time
    error    text
) with (fillfactor = 70);
create index delivery_due on delivery (due_at, id) where state = 0;
create index delivery_lane on delivery (lane, id) where state in (0, 1) and lane is not null;

create table media (
    id           text primary key,
    content_type text not null,
    source       text not null,                             -- an address, or the name of an image of the sandbox
    at           timestamptz not null
);

create table mail (
    n         bigint generated always as identity primary key,
    recipient text not null,
    subject   text not null,
    text      text not null,
    at        timestamptz not null
);
create index mail_recipient on mail (lower(recipient), n);

-- The platform's own data.
create table app_user (
    id        text primary key,
    email     text not null,
    role      text not null,
    name      text not null,
    phone     text not null,
    time_zone text not null,
    language  text not null
);
create unique index app_user_email on app_user (lower(email));

create table property (
    id          bigint primary key,
    title       text not null,
    location    text not null,
    area        text not null,
    price       bigint not null,
    currency    text not null,
    rent_period text not null,
    status      text not null,
    bedrooms    int not null,
    bathrooms   int not null,
    sqm         int not null,
    rent_type   text not null,
    amenities   text[] not null,
    description text not null,
    rating      numeric(2, 1) not null,
    images      text[] not null,
    latitude    double precision not null,
    longitude   double precision not null,
    time_zone   text not null,
    agent_ids   text[] not null,
    created_at  timestamptz not null
);

create table slot (
    id          bigint generated always as identity primary key,
    property_id bigint not null references property (id) on delete cascade,
    at          timestamptz not null,
    status      text not null default 'free',
    unique (property_id, at)
);

-- The days for which a property's slots were laid out: what an agent removes stays removed.
create table slot_day (
    property_id bigint not null references property (id) on delete cascade,
    day         date   not null,
    primary key (property_id, day)
);

create table inspection (
    id           bigint generated always as identity primary key,
    property_id  bigint not null references property (id) on delete cascade,
    slot_id      bigint,
    scheduled_at timestamptz not null,
    status       text not null default 'scheduled',
    seeker_id    text not null,
    agent_id     text,
    inspector_id text,
    notes        text
);

-- Answers to writes, so that a repeated one is answered and not repeated.
create table idempotent_answer (
    key     text primary key,
    request text not null,
    status  int  not null,
    body    text not null
);
