update contact set account_id = null, linked_at = null where id = :contact_id
