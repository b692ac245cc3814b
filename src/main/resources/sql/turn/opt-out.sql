update contact set opted_out_at = :at where id = :contact_id and opted_out_at is null
