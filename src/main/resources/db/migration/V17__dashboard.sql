-- What the dashboard looks up. Nothing here makes handling a message write more than it did, but for a summary every 128 pages (brin).

-- Somebody, by the end of the number or by the beginnings of a name's words.
create index contact_ending on contact ((reverse(phone) collate "C")) where phone is not null;
create index contact_name on contact using gin (to_tsvector('simple', profile_name));
create index account_name on account using gin (to_tsvector('simple', name));

-- How a message was sent. Space is used again, so that a page may hold the old and the new: several ranges a page.
create index outbox_message on outbox using brin (message_id int8_minmax_multi_ops);

-- Figures of a period.
create index thread_message_at on thread_message using brin (at);
create index availability_ask_asked on availability_ask using brin (asked_at);
