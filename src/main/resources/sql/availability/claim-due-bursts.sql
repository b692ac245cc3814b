-- Leases what is due: another instance leaves it alone until the lease is over.
update availability_burst
set lease_no = lease_no + 1, attempts = attempts + 1, leased_until = clock_timestamp() + :lease_ms * interval '1 millisecond'
where id in (
    select id from availability_burst
    where due_at <= :now and (leased_until is null or leased_until <= clock_timestamp())
    order by due_at, id
    limit :limit
    for update skip locked
)
returning *
