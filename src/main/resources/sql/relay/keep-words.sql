insert into relay_words (contact_id, channel, text, media, at) values (:contact_id, :channel, :text, :media, :at)
