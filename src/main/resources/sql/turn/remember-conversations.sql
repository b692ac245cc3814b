insert into conversation (contact_id, dialogue, dialogue_data, dialogue_expires_at, shown)
select * from unnest(:contact_ids::bigint[], :dialogues::text[], :dialogue_data::text[], :dialogue_expires_at::text[]::timestamptz[], :shown::text[])
on conflict (contact_id) do update
set dialogue = excluded.dialogue, dialogue_data = excluded.dialogue_data, dialogue_expires_at = excluded.dialogue_expires_at,
    shown = excluded.shown
