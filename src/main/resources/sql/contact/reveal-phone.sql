update contact set phone = :phone where id = :id and phone is null
