-- A provider's user id turns out to belong to a number that is known already. Who was talked to by the user id alone is the number's
-- contact from now on, with all addresses, with the codes asked for, the questions put, the talks and, unless the number has one, with the account.
-- What was said stays in the log where it was said.
with former as (
    select c.id, c.language, c.account_id, c.linked_at, c.opted_out_at
    from identity i
    join contact c on c.id = i.contact_id
    where i.channel = :channel and i.address = :user_id and c.id <> :contact_id and c.phone is null
    for update of c
), addressed as (
    update identity set contact_id = :contact_id from former where identity.contact_id = former.id
), asked as (
    update one_time_code set contact_id = :contact_id from former where one_time_code.contact_id = former.id
), questioned as (
    update availability_ask set contact_id = :contact_id from former where availability_ask.contact_id = former.id
), talking as (
    update relay_talk set contact_id = :contact_id from former where relay_talk.contact_id = former.id
), seeking as (
    -- a seeker has one open talk: that of the number stays
    update relay_talk t
    set seeker_contact_id = :contact_id,
        ended_at = coalesce(t.ended_at, (
            select t.spoken_at from relay_talk other where other.seeker_contact_id = :contact_id and other.ended_at is null))
    from former
    where t.seeker_contact_id = former.id
), emptied as (
    update contact set account_id = null, linked_at = null from former where contact.id = former.id
)
update contact c
set account_id = coalesce(c.account_id, former.account_id),
    linked_at = case when c.account_id is null then former.linked_at else c.linked_at end,
    opted_out_at = coalesce(c.opted_out_at, former.opted_out_at),
    language = coalesce(c.language, former.language)
from former
where c.id = :contact_id
