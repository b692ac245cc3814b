update availability_check set due_at = :due_at where id = :id and state in ('asked', 'reminded')
