-- Whoever changes several bursts of somebody locks them in this order.
select id from availability_burst where contact_id = :contact_id order by id for update
