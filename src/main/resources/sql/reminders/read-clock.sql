-- Real time, the same for all instances.
select clock_timestamp()
