-- Another message makes a burst longer, up to a limit (one that has waited begins anew), and whoever was about to close it has lost it.
with burst as (
    insert into availability_burst as b (contact_id, ask_id, channel, address, first_at, due_at)
    values (:contact_id, :ask_id, :channel, :address, :at, :quiet_at)
    on conflict (contact_id, ask_id) do update
    set due_at = case when b.due_at is null then :quiet_at else greatest(:at, least(:quiet_at, b.first_at + :max_ms * interval '1 millisecond')) end,
        first_at = case when b.due_at is null then :at else b.first_at end, channel = :channel, address = :address,
        lease_no = b.lease_no + 1, leased_until = null, attempts = 0
    returning id
)
insert into availability_words (burst_id, text, media, quotes, at) select id, :text, :media, :quotes, :at from burst
