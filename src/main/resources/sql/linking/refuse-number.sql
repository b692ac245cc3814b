update one_time_code set phone_done_at = :at where id = :id and phone = :phone and phone_done_at is null
