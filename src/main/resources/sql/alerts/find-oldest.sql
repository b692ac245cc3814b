-- What would be new to anybody: since the last run, and for those who have joined since then a while longer.
select min(case when alerts_since > coalesce(:since::timestamptz, '-infinity') then alerts_since - :look_back_ms * interval '1 millisecond' else :since::timestamptz end)
from preference
where alerts_since is not null
