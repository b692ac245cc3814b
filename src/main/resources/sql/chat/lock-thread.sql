-- A statement of its own: what follows must see what was committed while this one waited.
select id from thread where id = :id for update
