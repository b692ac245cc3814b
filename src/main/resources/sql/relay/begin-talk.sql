insert into relay_talk (id, thread_id, seeker_contact_id, visitor_language, listing_id, listing_title, visitor_name, agent_id, agent_name,
    agent_language, contact_id, token, spoken_at, visitor_waits)
overriding system value
values (:id, :thread_id, :seeker_contact_id, :visitor_language, :listing_id, :listing_title, :visitor_name, :agent_id, :agent_name,
    :agent_language, :contact_id, :token, :at, true)
