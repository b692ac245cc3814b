select type, hash, bytes from photo where token = :token and expires_at > :now
