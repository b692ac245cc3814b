select current_setting('application_name') || ' ' || current_setting('enable_seqscan')
