select current_setting('application_name') || ' ' || current_setting('enable_seqscan') || ' '
       || current_setting('idle_in_transaction_session_timeout')
