delete from availability_burst where id = :id and lease_no = :lease_no
