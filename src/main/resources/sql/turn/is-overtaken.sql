-- Whether somebody was told something of the hub's own accord after its last answer to them, and before they wrote. What they wrote is
-- not logged yet. An answer that nobody knows to have been accepted is the latest; those before it were sent before it, whatever
-- the providers' whole seconds say.
with recent as (
    select id, direction, kind, correlation_id, sent_at from message where contact_id = :contact_id order by id desc limit 100
), answer as (
    select correlation_id from recent where direction = 'in' and kind not in ('reaction', 'system') order by id desc limit 1
)
select exists (
    select 1 from recent
    where direction = 'out' and sent_at <= :heard_at
      and correlation_id not in (select correlation_id from recent where direction = 'in')
      and sent_at > (select max(r.sent_at) from recent r join answer using (correlation_id) where r.direction = 'out')
)
