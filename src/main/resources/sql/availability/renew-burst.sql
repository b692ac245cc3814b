-- Is looked at anew, and not by whoever has it now.
update availability_burst set lease_no = lease_no + 1, leased_until = null, due_at = :due_at where id = :id and lease_no = :lease_no
