select id, phone from one_time_code
where contact_id is null and (email = :email or (:email::text is null and phone = :phone))
order by requested_at desc, id desc
limit 1
