-- What the stand-in for Twilio remembers.

alter table delivery add column url text;                   -- where it goes, which the signature covers; null: Meta's webhook

create table twilio_message (
    sid        text primary key,
    token      text unique,                                 -- I-Twilio-Idempotency-Token of the request that created it
    direction  text  not null check (direction in ('inbound', 'outbound-api')),
    sender     text  not null,
    recipient  text  not null,
    body       text  not null,
    media      jsonb not null default '[]',                 -- sid, content_type, source
    status     text  not null,
    error_code int,
    at         timestamptz not null                         -- business time
);
create index twilio_message_listed on twilio_message (at desc, sid);
