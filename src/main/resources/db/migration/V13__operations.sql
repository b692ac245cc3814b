-- What operators ask for.

-- When a message died.
alter table outbox add column died_at timestamptz;

-- Figures of a period.
create index message_at on message using brin (at);
