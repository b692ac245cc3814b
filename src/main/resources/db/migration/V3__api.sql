-- The API's part of the store: codes that were asked for on the web, and bookings.

-- A web request names an address and, if it likes, a number. A code then has two uses, once each: on the web it proves the mailbox and
-- opens a session (used_at), and sent from that number on WhatsApp, or confirmed from there, it links the number (phone_done_at).
alter table one_time_code alter column contact_id drop not null;            -- null: asked for on the web
alter table one_time_code add column phone text;                            -- E.164, what a web request named; pending until phone_done_at
alter table one_time_code add column phone_done_at timestamptz;             -- linked, or refused by its holder
create index one_time_code_phone on one_time_code (phone, requested_at) where phone is not null;

-- A wish to book under the caller's own key: asked again, by whatever instance or after whatever crash, it is the same wish to the
-- platform too, and books once.
create table booking_request (
    user_id      text not null,                         -- whose token it came with
    key          text not null,
    fingerprint  text not null,                         -- of what was asked for
    scheduled_at timestamptz not null,                  -- when, decided once: the slot is not free any more when it is asked again
    answer       text,                                  -- JSON; null until it is booked
    created_at   timestamptz not null,
    primary key (user_id, key)
);
create index booking_request_created on booking_request using brin (created_at);

-- What was booked through the hub, and what led to it.
create table booking (
    booking_id   text primary key,                      -- the platform's id
    property_id  text not null,
    seeker_id    text not null,
    scheduled_at timestamptz not null,
    check_id     text,                                  -- the availability check before it, null for none
    source       text not null check (source in ('api', 'whatsapp')),
    booked_at    timestamptz not null
);
create index booking_check on booking (check_id) where check_id is not null;
create index booking_booked on booking (booked_at);
