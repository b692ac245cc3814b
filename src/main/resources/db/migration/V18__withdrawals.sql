-- What was said about something is not to be sent any more: messages up to this one. They stay in the outbox and are refused when it is
-- their turn, so that nothing here waits for a line.
--
-- Order in which rows are locked: what belongs to an area (V12, V15), withdrawals (by key), then what V1 names.
create table withdrawal (
    about      text primary key,                        -- as validity.about of a message in the outbox
    message_id bigint not null,
    at         timestamptz not null                     -- business time
);
