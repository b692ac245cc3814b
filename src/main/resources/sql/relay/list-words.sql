select id, channel, text, media, quotes, at from relay_words where contact_id = :contact_id and at > :since order by id
