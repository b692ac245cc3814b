-- The first of several at the same moment decides; the others take what it has decided.
insert into booking_request (user_id, key, fingerprint, scheduled_at, created_at)
values (:user_id, :key, :fingerprint, :scheduled_at, :at)
on conflict (user_id, key) do nothing
