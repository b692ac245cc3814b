update contact set account_id = :user_id, linked_at = :at where id = :contact_id
