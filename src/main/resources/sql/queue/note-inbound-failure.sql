update inbox set attempts = :attempts, error = :error,
    routes = concat_ws(chr(10), case when length(routes) < 2000 then routes end, :routes::text)
where id = :id and state = 0
