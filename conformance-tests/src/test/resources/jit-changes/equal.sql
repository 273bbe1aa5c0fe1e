-- Rows that are all equal are sorted, grouped, indexed and joined, then rows that are all different.
BEGIN;
CREATE TABLE reading (id int, sensor int, value float8, label text, day date, big bigint, exact numeric);
CREATE INDEX ON reading (sensor, label);
CREATE INDEX ON reading (exact);
INSERT INTO reading SELECT i, 5, 1.5, 'same', date '2020-02-29', 7, 12.50 FROM generate_series(1, {rows}) i;
CREATE VIEW summary AS SELECT sensor, label, count(*) AS n, sum(value) AS value, sum(big) AS big,
    round(avg(exact), 4) AS exact, count(DISTINCT day) AS days FROM reading GROUP BY sensor, label;
SELECT * FROM summary ORDER BY 1, 2;
SELECT count(*), min(label), max(label) FROM (SELECT label FROM reading ORDER BY label, value, id DESC OFFSET 10) r;
SELECT DISTINCT day, exact FROM reading;
SELECT count(*) FROM reading a JOIN (SELECT DISTINCT sensor, label FROM reading) b USING (sensor, label);
SELECT id, rank() OVER w, dense_rank() OVER w, lag(value) OVER w FROM reading
    WINDOW w AS (PARTITION BY sensor ORDER BY label, exact) ORDER BY id LIMIT 3;
-- settle
INSERT INTO reading SELECT i, 5, 1.5, 'same', date '2020-02-29', 7, 12.50 FROM generate_series(1, {rows}) i;
SELECT * FROM summary ORDER BY 1, 2;
SELECT DISTINCT day, exact FROM reading;
SELECT count(*) FROM (SELECT label FROM reading ORDER BY label, value, id DESC OFFSET 10) r;
-- settle
UPDATE reading SET sensor = id * {step} % {keys} - 50, value = id / -3.0, label = md5(id::text), day = day - id,
    big = id * 1000000007::bigint * {step}, exact = (id - {key}) * 1e15 / 7 WHERE id % 2 = 0;
SELECT count(*), sum(n), sum(big), sum(exact), sum(days) FROM summary;
SELECT DISTINCT day, exact FROM reading ORDER BY 1, 2 LIMIT 3;
SELECT count(*), min(label), max(label) FROM (SELECT label FROM reading ORDER BY label, value, id DESC OFFSET 10) r;
SELECT count(*) FROM reading a JOIN (SELECT DISTINCT sensor, label FROM reading) b USING (sensor, label);
SELECT id, rank() OVER w, dense_rank() OVER w, lag(value) OVER w FROM reading
    WINDOW w AS (PARTITION BY sensor ORDER BY label, exact) ORDER BY id LIMIT 20;
SELECT md5(string_agg(r::text, ',' ORDER BY id, label)) FROM reading r WHERE sensor < 0;
ANALYZE reading;
SELECT count(*), min(label) FROM reading WHERE sensor = 5;
SELECT count(*), min(label) FROM reading WHERE sensor = -50;
COMMIT;
