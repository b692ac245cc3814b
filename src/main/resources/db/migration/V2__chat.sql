-- Web chat. What a thread's sockets show is what stands here: a message is told of after its commit, and whoever missed it reads it.
--
-- A thread's row is locked before any of those that V1 names.

-- A conversation between the hub and one visitor of a website.
create table thread (
    id            bigint generated always as identity primary key,
    user_id       text   not null,                      -- the platform's id of the visitor
    listing_id    text,                                 -- what it is about; null for nothing in particular
    title         text   not null,
    visitor_name  text   not null,                      -- empty if their token did not say
    language      text   not null,
    last_seq      bigint not null default 0,            -- of the newest message; rises by one with each
    last_read_seq bigint not null default 0,
    talking_until timestamptz,                          -- until then the visitor's words are for the agent; null for nobody
    created_at    timestamptz not null,
    updated_at    timestamptz not null                  -- business time of the newest message
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create index thread_user on thread (user_id);

-- What was said in a thread. The key makes it the same message when it is posted again.
create table thread_message (
    thread_id bigint not null references thread (id) on delete cascade,
    seq       bigint not null,
    event     text   not null check (event in ('assistant_message', 'user_message', 'agent_message', 'check_updated')),
    key       text,                                     -- null: it is posted once; a visitor's own is client:<client id>
    text      text   not null,
    extras    text,                                     -- JSON: metadata, cards, actions, media; null for none of them
    at        timestamptz not null,                     -- business time
    primary key (thread_id, seq)
);
create unique index thread_message_key on thread_message (thread_id, key) where key is not null;
