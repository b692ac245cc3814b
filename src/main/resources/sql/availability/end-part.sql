-- Some of a burst's words are dealt with; the rest is looked at anew.
with burst as (
    update availability_burst set lease_no = lease_no + 1, leased_until = null, due_at = :due_at
    where id = :id and lease_no = :lease_no returning id
)
delete from availability_words where burst_id in (select id from burst) and id = any (:word_ids::bigint[])
