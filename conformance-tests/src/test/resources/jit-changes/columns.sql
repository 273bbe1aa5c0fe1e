-- Tuples with columns are formed, kept, sorted and hashed until that is compiled; then tuples without any.
CREATE TABLE wide (id int, g int, a text DEFAULT 'a', b numeric DEFAULT 1.5, c date DEFAULT '2020-01-01', d int);
INSERT INTO wide SELECT i, i * {step} % {keys} FROM generate_series(1, {rows}) i;
CREATE TABLE nothing ();
SELECT count(*), sum(id) FROM (SELECT * FROM wide ORDER BY g, id OFFSET 5) w;
SELECT g, count(*) FROM (SELECT DISTINCT g, id % 3 FROM wide) w GROUP BY g ORDER BY g LIMIT 3;
SELECT count(*) FROM wide a JOIN wide b ON a.id = b.id + 1 AND a.g <> b.g;
WITH w AS MATERIALIZED (SELECT id, g FROM wide) SELECT count(*), sum(x.g) FROM w x JOIN w y ON x.id = y.id;
-- settle
SELECT count(*), sum(id) FROM (SELECT * FROM wide ORDER BY g, id OFFSET 5) w;
WITH w AS MATERIALIZED (SELECT id, g FROM wide) SELECT count(*), sum(x.g) FROM w x JOIN w y ON x.id = y.id;
SELECT count(*) FROM wide a JOIN wide b ON a.id = b.id + 1 AND a.g <> b.g;
-- settle
WITH w AS MATERIALIZED (SELECT FROM wide) SELECT count(*) FROM w;
SELECT count(*) FROM (SELECT FROM wide WHERE g < 3) a, (SELECT FROM wide WHERE id < 20) b;
SELECT count(*) FROM (SELECT FROM wide ORDER BY g OFFSET 3) w;
SELECT count(*) FROM (SELECT FROM wide WHERE g < 5 UNION ALL SELECT FROM nothing) w;
INSERT INTO nothing SELECT FROM generate_series(1, 100);
SELECT count(*) FROM nothing;
SELECT count(*) FROM nothing a, nothing b;
SELECT count(*) FROM nothing WHERE NOT EXISTS (SELECT FROM wide WHERE g = -1);
SELECT (SELECT count(n) FROM nothing n), (SELECT count(*) FROM nothing n WHERE n IS NULL);
CREATE INDEX ON wide (g);
ANALYZE wide;
SELECT count(*) FROM wide WHERE g = {key};
SELECT FROM wide WHERE g = {key} LIMIT 2;
DELETE FROM wide WHERE g = {key};
SELECT count(*) FROM wide WHERE g = {key};
ALTER TABLE wide DROP g, DROP id;
SELECT count(*) FROM wide;
