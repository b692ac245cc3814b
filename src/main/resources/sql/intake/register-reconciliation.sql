-- A new hub begins with what comes from now on.
insert into reconciliation (channel, seen_until) values (:channel, :at) on conflict (channel) do nothing
