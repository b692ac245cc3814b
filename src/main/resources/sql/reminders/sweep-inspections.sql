-- With their reminders.
delete from inspection where id in (select id from inspection where scheduled_at < :before limit :most)
