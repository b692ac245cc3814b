insert into sender (channel) values (:channel) on conflict do nothing
