update contact set phone = :phone where id = :contact_id and not exists (select 1 from contact other where other.phone = :phone)
