insert into relay_talk (thread_id, listing_id, listing_title, visitor_name, agent_id, agent_name, agent_language, contact_id, token,
    spoken_at, visitor_waits)
values (:thread_id, :listing_id, :listing_title, :visitor_name, :agent_id, :agent_name, :agent_language, :contact_id, :token, :at, true)
returning id
