insert into preference as kept (user_id, alerts_since, changed_at)
values (:user_id, case when :wanted then :at::timestamptz end, :at)
on conflict (user_id) do update
set alerts_since = case when :wanted then coalesce(kept.alerts_since, excluded.changed_at) end, changed_at = excluded.changed_at
