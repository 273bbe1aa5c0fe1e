-- pg_visibility: which blocks everybody sees.
CREATE EXTENSION pg_visibility;
CREATE TABLE seen (id int) WITH (autovacuum_enabled = off);
INSERT INTO seen SELECT generate_series(1, 1000);
SELECT * FROM pg_visibility_map('seen') ORDER BY blkno;
VACUUM (FREEZE) seen;
SELECT * FROM pg_visibility('seen') ORDER BY blkno;
SELECT * FROM pg_visibility_map_summary('seen');
DELETE FROM seen WHERE id = 1;
SELECT * FROM pg_visibility_map('seen', 0);
SELECT * FROM pg_check_visible('seen');
SELECT * FROM pg_check_frozen('seen');
SELECT pg_truncate_visibility_map('seen');
SELECT * FROM pg_visibility_map_summary('seen');
SELECT * FROM pg_visibility('seen', -1);
CREATE VIEW v AS SELECT 1;
SELECT * FROM pg_visibility('v'::regclass);
DROP EXTENSION pg_visibility;
