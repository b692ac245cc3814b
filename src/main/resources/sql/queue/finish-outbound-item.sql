-- The end of a send, or its next try. Also settles a doubt that somebody else has raised meanwhile.
update outbox
set state = :state, error = :error, attempts = greatest(0, attempts - :taken_back),
    not_before = case when :delay_ms > 0 then clock_timestamp() + :delay_ms * interval '1 millisecond' end
where id = :id and state in (3, 4)
