-- Whoever else is at it does the work.
select id, text, template, template_language, template_parameters, stopped_at is not null as stopped
from broadcast where id = :id and ended_at is null
for update skip locked
