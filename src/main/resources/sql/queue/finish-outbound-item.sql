-- The end of a send, or its next try. An acceptance is knowledge and counts whoever holds the lane by now; anything else only
-- speaks of the send under its own lease. What a report has proven is done, whatever the answer was, or that there was none.
update outbox
set state = case when :state in (0, 4) and reported.proven then 1 else :state end,
    error = :error, attempts = greatest(0, attempts - :taken_back),
    not_before = case when :delay_ms > 0 then clock_timestamp() + :delay_ms * interval '1 millisecond' end
from (select exists (select 1 from message where id = :message_id and state >= 2) as proven) reported
where id = :id
  and (state in (0, 3, 4) and :state = 1
       or state in (3, 4) and lease_no = :lease_no and :state in (0, 2)
       or state = 3 and lease_no = :lease_no and :state = 4)
returning state
