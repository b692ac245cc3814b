select 1 from withdrawal where about = :about and message_id >= :message_id
