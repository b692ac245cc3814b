-- What the operators' desk looks up.

-- The routes that an item went through, a line for each try (hub.queue.RouteTrace). Written by the statement that ends the try.
alter table inbox add column routes text;
alter table outbox add column routes text;

-- A visitor of the web chat, by the beginnings of a name's words. The name never changes: what is said in a thread leaves this alone.
create index thread_visitor on thread using gin (to_tsvector('simple', visitor_name));
