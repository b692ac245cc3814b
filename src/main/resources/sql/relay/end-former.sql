-- The talk that another one takes the place of.
update relay_talk set ended_at = :at
where ended_at is null and (thread_id = :thread_id::bigint or seeker_contact_id = :seeker_contact_id::bigint)
