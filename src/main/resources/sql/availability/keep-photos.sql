-- Photos are part of the answer that their sender is still to give; nothing is due until it comes.
with burst as (
    insert into availability_burst as b (contact_id, ask_id, channel, address, first_at)
    select contact_id, :ask_id, channel, address, first_at from availability_burst where id = :id
    on conflict (contact_id, ask_id) do update
    set lease_no = b.lease_no + 1, leased_until = null, attempts = 0, due_at = case when b.id <> :id then b.due_at end
    returning id
)
update availability_words set burst_id = (select id from burst), text = '', quotes = null
where burst_id = :id and id = any (:word_ids::bigint[]) and media is not null
