-- pg_surgery: tuples frozen or killed by hand.
CREATE EXTENSION pg_surgery;
CREATE TABLE wound (id int, v text) WITH (autovacuum_enabled = off);
INSERT INTO wound SELECT g, 'v' || g FROM generate_series(1, 5) g;
SELECT heap_force_kill('wound'::regclass, ARRAY['(0,2)']::tid[]);
SELECT * FROM wound ORDER BY id;
DELETE FROM wound WHERE id = 3;
SELECT heap_force_freeze('wound'::regclass, ARRAY['(0,3)', '(0,4)']::tid[]);
SELECT ctid, xmax, * FROM wound ORDER BY id;
SELECT heap_force_kill('wound'::regclass, ARRAY['(0,2)', '(7,1)']::tid[]);
SELECT heap_force_kill('wound'::regclass, ARRAY[]::tid[]);
SELECT heap_force_kill('pg_tables'::regclass, ARRAY['(0,1)']::tid[]);
DROP EXTENSION pg_surgery;
