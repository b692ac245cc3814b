-- By itself, because it takes as long as the log is long: what is in there can be read meanwhile. A message that is looked for is known a moment later.
create index message_other_providers on message using gin (other_provider_ids) with (fastupdate = off) where other_provider_ids is not null;
analyze message (other_provider_ids);
