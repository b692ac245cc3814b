-- Takes one due check, unless another instance is at it or has done it.
update availability_check set due_at = null
where id = (select id from availability_check where id = :id and due_at <= :now for update skip locked)
returning *
