-- A message that has its key already is left as it is. The thread's row orders all others: their numbers have no gaps, and none can be
-- seen before the one below it.
with known as (
    select seq from thread_message where thread_id = :thread_id and key = :key::text
), next as (
    update thread set last_seq = last_seq + 1, updated_at = greatest(updated_at, :at)
    where id = :thread_id and not exists (select 1 from known)
    returning last_seq
), said as (
    insert into thread_message (thread_id, seq, event, key, text, extras, at)
    select :thread_id, last_seq, :event, :key::text, :text, :extras::text, :at from next
)
select seq, false as added from known
union all
select last_seq, true from next
