-- Talks between visitors of the web chat and agents on WhatsApp. All times are business time.
--
-- Order in which rows are locked: talks, then `thread`, then what V1 names.

create table relay_talk (
    id             bigint generated always as identity primary key,
    thread_id      bigint not null references thread (id) on delete cascade,
    listing_id     text   not null,
    listing_title  text   not null,
    visitor_name   text   not null,                     -- empty for unknown
    agent_id       text   not null,                     -- the platform's id
    agent_name     text   not null,
    agent_language text   not null,
    contact_id     bigint not null references contact (id) on delete cascade, -- whose words go to the visitor
    token          text   not null unique,              -- names it in the agent's options; nobody can guess it
    spoken_at      timestamptz not null,                -- of the last word of either; 24 hours later it is over
    visitor_waits  boolean not null,                    -- whose word was the last
    ended_at       timestamptz                          -- one of them has ended it, or another has taken its place
) with (fillfactor = 70);
create unique index relay_talk_thread on relay_talk (thread_id) where ended_at is null;
create index relay_talk_contact on relay_talk (contact_id, spoken_at);

-- What an agent has said who is still to say to whom.
create table relay_words (
    id         bigint generated always as identity primary key,
    contact_id bigint not null references contact (id) on delete cascade,
    channel    text   not null,
    text       text   not null,
    media      text,                                    -- JSON, null for none
    at         timestamptz not null
);
create index relay_words_contact on relay_words (contact_id, id);
