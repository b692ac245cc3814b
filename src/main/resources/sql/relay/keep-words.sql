insert into relay_words (contact_id, channel, text, media, quotes, at) values (:contact_id, :channel, :text, :media, :quotes, :at)
