-- A send in doubt that is repeated may reach its reader twice, and the reader may quote either.

-- What else the provider calls the message: a copy that nobody knew to have been taken when it was sent again. Null for nothing, as nearly always.
alter table message add column other_provider_ids text[];

-- Whether a provider calls a message so; planned as if it stood in the query. That most messages have no copies tells how few there are to be found.
create function known_as(message, text) returns boolean language sql immutable as
$$ select $1.provider_id = $2 or ($1.other_provider_ids is not null and $1.other_provider_ids @> array[$2]) $$;

-- A message that the words quote and that the hub does not know (yet): its report has not come. Null for none.
alter table availability_words add column quotes text;
-- Not written any more; a hub of the version before still does.
alter table availability_words alter column quoted drop not null;

-- What words quote that wait until the agent has said whom they are for.
alter table relay_words add column quotes text;
