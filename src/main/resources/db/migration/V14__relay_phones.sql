-- Seekers on WhatsApp talk with agents too: a talk belongs to a thread of the web chat or to a seeker's number.
alter table relay_talk alter column thread_id drop not null;
alter table relay_talk add column seeker_contact_id bigint references contact (id) on delete cascade;
alter table relay_talk add column visitor_language text not null default 'en';  -- what a seeker is written in; a thread has its own
alter table relay_talk add constraint relay_talk_visitor check (num_nonnulls(thread_id, seeker_contact_id) = 1);
create unique index relay_talk_seeker on relay_talk (seeker_contact_id) where ended_at is null;
