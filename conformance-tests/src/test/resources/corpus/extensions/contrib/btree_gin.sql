-- btree_gin: ordinary columns in a GIN index.
CREATE EXTENSION btree_gin;
CREATE TABLE log (id int, at timestamptz, level text, tags text[], price numeric, who uuid, kind "char", ok bool);
INSERT INTO log SELECT g, timestamptz '2024-01-01 00:00Z' + g * interval '1 hour', CASE g % 3 WHEN 0 THEN 'info' WHEN 1 THEN 'warn' ELSE 'error' END, ARRAY['t' || g % 5], g / 4.0, ('00000000-0000-0000-0000-' || lpad(g::text, 12, '0'))::uuid, 'x', g % 2 = 0 FROM generate_series(1, 500) g;
CREATE INDEX log_gin ON log USING gin (id, at, level, tags, price, who, kind, ok);
SET enable_seqscan = off;
EXPLAIN (COSTS off) SELECT count(*) FROM log WHERE level = 'warn' AND tags @> '{t2}';
SELECT count(*) FROM log WHERE level = 'warn' AND tags @> '{t2}';
SELECT count(*), min(id), max(id) FROM log WHERE id BETWEEN 100 AND 110;
SELECT count(*) FROM log WHERE at < '2024-01-02 00:00Z';
SELECT count(*) FROM log WHERE price >= 120 AND ok;
SELECT id FROM log WHERE who = '00000000-0000-0000-0000-000000000042';
SELECT id FROM log WHERE id > 495::int8 ORDER BY id;
SELECT count(*) FROM log WHERE at >= date '2024-01-20';
SELECT count(*) FROM log WHERE kind = 'x' AND level > 'j';
DROP EXTENSION btree_gin CASCADE;
