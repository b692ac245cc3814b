update inbox set attempts = :attempts, error = :error where id = :id and state = 0
