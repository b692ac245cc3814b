-- Photos that people sent: washed, so that they are JPEGs of pixels and nothing else. All times are business time.
create table photo (
    token      text primary key,                        -- its name on the web; nobody can guess it
    source     text not null unique,                    -- SHA-256 of channel and the provider's reference: fetched twice, kept once
    type       text not null,
    hash       text not null,                           -- of the bytes
    width      int  not null,
    height     int  not null,
    bytes      bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
alter table photo alter column bytes set storage external; -- a JPEG gets no smaller
create index photo_expires on photo (expires_at);
