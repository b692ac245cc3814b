-- Two who fetch the same at once keep one.
insert into photo (token, source, type, hash, width, height, bytes, created_at, expires_at)
values (:token, :source, :type, :hash, :width, :height, :bytes, :at, :expires_at)
on conflict (source) do update set source = excluded.source
returning token
