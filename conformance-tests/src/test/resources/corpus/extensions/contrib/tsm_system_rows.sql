-- tsm_system_rows: a sample of so many rows.
CREATE EXTENSION tsm_system_rows;
CREATE TABLE sampled (id int);
INSERT INTO sampled SELECT generate_series(1, 3000);
SELECT count(*), count(DISTINCT id) FROM sampled TABLESAMPLE system_rows(100);
SELECT count(*) FROM sampled TABLESAMPLE system_rows(5000);
SELECT count(*) FROM sampled TABLESAMPLE system_rows(0);
SELECT count(*) FROM sampled TABLESAMPLE system_rows(-1);
SELECT count(*) FROM sampled TABLESAMPLE system_rows(10) REPEATABLE (1);
DROP EXTENSION tsm_system_rows;
