-- Words whose quote is understood by now are part of what is said to their question.
with burst as (
    insert into availability_burst as b (contact_id, ask_id, channel, address, first_at, due_at)
    select contact_id, :ask_id, channel, address, first_at, :now from availability_burst where id = :id
    on conflict (contact_id, ask_id) do update set due_at = coalesce(b.due_at, excluded.due_at), lease_no = b.lease_no + 1, leased_until = null, attempts = 0
    returning id
)
update availability_words set burst_id = (select id from burst), quotes = null where burst_id = :id and id = any (:word_ids::bigint[])
