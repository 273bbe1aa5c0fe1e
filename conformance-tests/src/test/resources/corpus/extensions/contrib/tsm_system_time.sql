-- tsm_system_time: a sample of so many milliseconds.
CREATE EXTENSION tsm_system_time;
CREATE TABLE sampled (id int);
INSERT INTO sampled SELECT generate_series(1, 1000);
SELECT count(*) FROM sampled TABLESAMPLE system_time(20000);
SELECT count(*) BETWEEN 0 AND 1000 FROM sampled TABLESAMPLE system_time(0.01);
SELECT count(*) FROM sampled TABLESAMPLE system_time(-1);
SELECT count(*) FROM sampled TABLESAMPLE system_time(10) REPEATABLE (1);
DROP EXTENSION tsm_system_time;
