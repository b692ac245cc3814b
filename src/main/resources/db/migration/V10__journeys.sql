-- What seekers look for and keep. All times are business time.

-- What a seeker looks for in the long run: browsing begins with it, alerts are matched to it. Null is any.
create table preference (
    user_id      text primary key references account (user_id) on delete cascade,
    area         text,                                  -- the part of town, as the platform writes it
    min_price    numeric,                               -- rent for one period
    max_price    numeric,
    bedrooms     int,                                   -- exactly so many
    rent_type    text,                                  -- such as apartment, as the platform writes it
    alerts_since timestamptz,                           -- since when news of homes is wanted; null: it is not
    changed_at   timestamptz not null
);
create index preference_alerts on preference (user_id) where alerts_since is not null;

-- What a contact is looking through just now, and how far. Begins as the preference; a filter changes it for as long as it lasts.
create table search (
    contact_id bigint primary key references contact (id) on delete cascade,
    area       text,
    min_price  numeric,
    max_price  numeric,
    bedrooms   int,
    rent_type  text,
    cursor     text,                                    -- where the next page begins, the platform's; null: at the first
    ended      boolean not null default false,          -- the last page has been shown
    changed_at timestamptz not null
) with (fillfactor = 70);

create table saved_listing (
    user_id     text not null references account (user_id) on delete cascade,
    property_id text not null,
    title       text not null,                          -- to name it by once it has gone
    saved_at    timestamptz not null,
    primary key (user_id, property_id)
);
create index saved_listing_saved on saved_listing (user_id, saved_at desc);
