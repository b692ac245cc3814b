-- Reminders of inspections. due_at and give_up_at are business time, retry_at is real time.
--
-- Order in which rows are locked: inspections (by id), reminders (by key), then what the other areas name, then what V1 names.

-- What the hub knows of the platform's inspections: those arranged through it, and those that the sweep has found.
create table inspection (
    id             text primary key,                    -- the platform's, also called booking id
    property_id    text not null,
    property_title text not null,
    location       text,
    time_zone      text,                                -- the listing's; null: to be asked
    scheduled_at   timestamptz not null,
    status         text not null,                       -- as the platform says; absent: it knows none of that id any more
    seeker_id      text,
    seeker_name    text,                                -- null: unknown
    agent_id       text,
    inspector_id   text,
    agent_contact  text,
    told_at        timestamptz                          -- when the hub confirmed this time; null: it was arranged elsewhere
) with (fillfactor = 80);
create index inspection_scheduled on inspection (scheduled_at);

-- Whom to remind of what, and when. Which there are for an inspection, each reminder's own statement says (sql/reminders).
create table reminder (
    inspection_id text not null references inspection (id) on delete cascade,
    name          text not null,                        -- which reminder
    user_id       text not null,                        -- the platform's id of whom it is for
    scheduled_at  timestamptz not null,                 -- the time that it tells of
    due_at        timestamptz,                          -- null: it is seen to
    give_up_at    timestamptz not null,                 -- nobody wants it any more
    attempts      int not null default 0,
    retry_at      timestamptz,                          -- the platform could not be asked; not before this
    primary key (inspection_id, name, user_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create index reminder_due on reminder (name, due_at, inspection_id, user_id) where due_at is not null;

-- When the platform is looked through next for what was arranged without the hub. No row: at once.
create table reminder_sweep (
    one      boolean primary key default true check (one),
    due_at   timestamptz not null,
    retry_at timestamptz
);
