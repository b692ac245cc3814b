delete from relay_words where contact_id = :contact_id and id <= :up_to
