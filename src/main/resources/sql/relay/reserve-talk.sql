select nextval(pg_get_serial_sequence('relay_talk', 'id'))
