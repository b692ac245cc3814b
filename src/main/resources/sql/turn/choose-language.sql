update contact set language = :language where id = :contact_id
