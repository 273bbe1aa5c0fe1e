-- Grouping by sorting and by hashing, ordered-set aggregates, sorts, and window functions.
CREATE TABLE reading (id int, sensor int, kind text, value numeric, level float8, small smallint);
INSERT INTO reading SELECT i, i * 7919 % 61, chr(97 + i % 23), (i * 104729 % 100003) / 13.0,
    (i * 15485863::bigint % 1000003) / 1024.0, i % 200 - 100 FROM generate_series(1, 8000) i;
ANALYZE reading;
SET enable_hashagg = off;
SELECT sensor, count(*), sum(value), avg(value), min(level), max(small), sum(small::bigint)
    FROM reading GROUP BY sensor ORDER BY sensor;
SET enable_hashagg = on;
SET enable_sort = off;
SELECT sensor, count(*), sum(value), avg(value), min(level), max(small), sum(small::bigint)
    FROM reading GROUP BY sensor ORDER BY sensor;
RESET ALL;
SELECT kind, sensor % 4, count(*), sum(value) FROM reading
    GROUP BY GROUPING SETS ((kind), (kind, sensor % 4), ()) ORDER BY 1, 2;
SELECT kind, percentile_cont(0.5) WITHIN GROUP (ORDER BY level),
    percentile_disc(0.9) WITHIN GROUP (ORDER BY value), mode() WITHIN GROUP (ORDER BY small)
    FROM reading GROUP BY kind ORDER BY kind;
-- @normalise libm
SELECT sensor % 5, stddev(level), variance(value), corr(level, small), regr_slope(level, small)
    FROM reading GROUP BY 1 ORDER BY 1;
SELECT md5(string_agg(id::text, ',' ORDER BY value DESC, id)),
    md5(string_agg(kind, '' ORDER BY level, id DESC)) FROM reading;
SELECT count(DISTINCT value), count(DISTINCT kind), count(DISTINCT small) FROM reading;
SELECT * FROM reading ORDER BY kind DESC, level, id LIMIT 30 OFFSET 4000;
SET work_mem = '64kB';
SELECT md5(string_agg(x.id::text, ',')) FROM (SELECT id FROM reading ORDER BY value, id) x;
RESET work_mem;
SELECT sum(r), sum(d), sum(n), sum(l), sum(c), md5(string_agg(f::text, ',' ORDER BY id)) FROM (
    SELECT id, rank() OVER w AS r, dense_rank() OVER w AS d, ntile(7) OVER w AS n,
        lag(small, 2, 0) OVER w AS l, count(*) OVER (PARTITION BY kind) AS c,
        first_value(id) OVER w AS f
    FROM reading WINDOW w AS (PARTITION BY sensor ORDER BY small, id)) x;
SELECT md5(string_agg(s::text, ',' ORDER BY id)) FROM (
    SELECT id, sum(value) OVER (PARTITION BY kind ORDER BY id
        ROWS BETWEEN 5 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW) AS s FROM reading) x;
SELECT md5(string_agg(s::text, ',' ORDER BY id)) FROM (
    SELECT id, sum(level) OVER (ORDER BY small RANGE BETWEEN 3 PRECEDING AND 3 FOLLOWING) AS s
    FROM reading WHERE id % 8 = 1) x;
SELECT kind FROM reading WHERE id % 3 = 0 INTERSECT SELECT kind FROM reading WHERE level < 100
    EXCEPT SELECT 'c' ORDER BY 1;
SELECT bit_and(id), bit_or(small), bit_xor(id), bool_and(id > 0), bool_or(small > 98) FROM reading;
SELECT array_agg(DISTINCT small ORDER BY small DESC) FROM reading WHERE sensor = 4;
