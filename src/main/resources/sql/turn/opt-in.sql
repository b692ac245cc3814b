-- Also lifts what the provider had suppressed: the person has asked for it.
with lifted as (
    update identity set suppressed_at = null, suppressed_reason = null where contact_id = :contact_id and suppressed_at is not null
)
update contact set opted_out_at = null where id = :contact_id
