select * from search where contact_id = :contact_id
