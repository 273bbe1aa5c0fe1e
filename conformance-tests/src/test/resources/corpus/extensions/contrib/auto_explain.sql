-- auto_explain: plans of slow statements, here shown to the client.
LOAD 'auto_explain';
SET auto_explain.log_min_duration = 0;
SET auto_explain.log_level = notice;
SET auto_explain.log_timing = off;
-- @normalise plan-cost plan-time
SELECT count(*) FROM generate_series(1, 10) g WHERE g > 3;
SET auto_explain.log_analyze = on;
SET auto_explain.log_format = 'yaml';
-- @normalise plan-time
DO $$ BEGIN PERFORM 1; END $$;
SET auto_explain.log_nested_statements = on;
SET auto_explain.log_format = 'nonsense';
SET auto_explain.sample_rate = 2;
SHOW auto_explain.log_wal;
SET auto_explain.log_min_duration = -1;
SELECT 1;
