-- Functions and prepared statements get small positive numbers and short texts, then everything else.
CREATE TABLE small (id serial, i int, n numeric, t text, j jsonb);
INSERT INTO small (i, n, t, j) SELECT x % 100 + 1, x % 1000, 'text ' || x % 50, jsonb_build_object('k', x % 10)
    FROM generate_series(1, {rows}) x;
PREPARE pick (int, numeric, text) AS SELECT count(*), sum(i), max(t) FROM small WHERE i = $1 AND n > $2 AND t <> $3;
CREATE FUNCTION work(a bigint, b numeric, c text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN concat_ws(' ', a * 3, a % 7, abs(a), b * b, round(b / 7, 3), trunc(b % 5), upper(c), length(c),
        substr(c, 2, 3), position('x' in c), reverse(c), c || a, CASE WHEN a > 0 THEN 'up' WHEN a < 0 THEN 'down' END);
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END $$;
SELECT md5(string_agg(work(i, n, t), ',' ORDER BY id)) FROM small WHERE id <= 3000;
EXECUTE pick (5, 10, 'text 3');
SELECT sum((j->>'k')::int), count(*) FILTER (WHERE j @> '{"k": 3}') FROM small;
SELECT sum(i::bigint * i), avg(n), stddev(i)::numeric(20,6), min(i), max(n) FROM small;
-- settle
SELECT md5(string_agg(work(i, n, t), ',' ORDER BY id)) FROM small WHERE id <= 3000;
EXECUTE pick (5, 10, 'text 3');
EXECUTE pick (6, 0, 'text 4');
-- settle
SELECT work(0, 0, '');
SELECT work(-1, -1.5, 'größe x');
SELECT work(9223372036854775807, 'NaN', repeat('x', 5000));
SELECT work(-9223372036854775808, 1e-30, NULL);
SELECT work(4294967296, 123456789012345678901234567890.5, E'\t');
SELECT work(NULL, 'infinity', 'ß');
EXECUTE pick (-5, -10, NULL);
EXECUTE pick (NULL, 1e300, '');
INSERT INTO small (i, n, t, j) SELECT -x * 20000000, -x * 1e40, repeat(md5(x::text), x), jsonb_build_array(x, NULL, -x)
    FROM generate_series(1, 100) x;
SELECT sum((j->>'k')::int), count(*) FILTER (WHERE j @> '{"k": 3}'), count(*) FILTER (WHERE j @> '[5]') FROM small;
SELECT sum(i::bigint * i), avg(n), min(i), max(n), sum(length(t)), md5(string_agg(t, '' ORDER BY id)) FROM small;
EXECUTE pick (-20000000, -1e50, 'text 3');
ALTER TABLE small ALTER i TYPE numeric, ALTER n TYPE float8 USING n::float8, ADD extra date DEFAULT '2000-01-01';
EXECUTE pick (5, 10, 'text 3');
SELECT i, n, extra, left(t, 10) FROM small ORDER BY i, id LIMIT 5;
SELECT sum(i * i), max(n), count(extra) FROM small;
