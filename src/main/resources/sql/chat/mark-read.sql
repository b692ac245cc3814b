update thread set last_read_seq = greatest(last_read_seq, least(:seq, last_seq)) where id = :id returning *
