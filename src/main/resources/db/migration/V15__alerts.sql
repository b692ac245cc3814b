-- News of new homes. Who wants them, and which, stands in preference (V10).
--
-- Order in which rows are locked: alert_listing (by key), then what V1 names.

-- When the platform is asked next for new homes. No row: at once.
create table alert_run (
    one      boolean primary key default true check (one),
    since    timestamptz,                               -- business time at which the last one began that has ended; null: none has
    due_at   timestamptz not null,                      -- business time
    retry_at timestamptz                                -- real time: one has begun and will be over by then, or is begun again
);

-- Who has been told of what: a listing comes once to a person, whatever happens.
create table alert_listing (
    user_id    text not null references account (user_id) on delete cascade,
    listing_id text not null,
    told_at    timestamptz not null,                    -- business time
    primary key (user_id, listing_id)
);
create index alert_listing_told on alert_listing using brin (told_at);

-- When the hub took note of an inspection as it is: real time. What the platform said of it before that moment is no news.
alter table inspection add column noted_at timestamptz not null default '-infinity';
