-- What delivery must know of a send that did not go well, and of whose report it gets.

-- Tries of a message that failed through no fault of its own; they use up none of its attempts.
alter table outbox add column setbacks int not null default 0;

-- Two more states, of rows that stand beside their line, so that what is behind them leaves meanwhile: 5 held back by the provider until
-- not_before, 6 in doubt and not to be repeated, given up at not_before.
create index outbox_aside on outbox (not_before) where state in (5, 6);
drop index outbox_attempted;
create index outbox_attempted on outbox (message_id) where state in (0, 3, 4, 5, 6) and (attempts > 0 or setbacks > 0);

-- Which hub this is, for as long as its database lives: a number may be shared with others, whose reports come here too.
create table installation (
    id text primary key
);
insert into installation (id) select substr(replace(gen_random_uuid()::text, '-', ''), 1, 12);
