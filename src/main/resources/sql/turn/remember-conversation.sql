insert into conversation (contact_id, dialogue, dialogue_data, dialogue_expires_at, shown)
values (:contact_id, :dialogue, :dialogue_data, :dialogue_expires_at, :shown)
on conflict (contact_id) do update
set dialogue = excluded.dialogue, dialogue_data = excluded.dialogue_data, dialogue_expires_at = excluded.dialogue_expires_at,
    shown = excluded.shown
