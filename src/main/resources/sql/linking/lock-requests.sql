-- Whoever asks for this contact, or for this address, waits until this transaction has ended. The contact comes first, so that nobody who
-- waits for an address holds up its holder.
select pg_advisory_xact_lock(hashtextextended(key, 0))
from unnest(array['code:contact:' || :contact_id::bigint, 'code:email:' || :email::text]) as key
