-- Columns without a null until everything is compiled, then with some, then with nothing else.
CREATE TABLE entry (id int, a int, b text, c numeric, d timestamp, e int[], f boolean);
CREATE INDEX ON entry (a);
CREATE INDEX ON entry (b, c);
INSERT INTO entry SELECT i, i * {step} % {keys}, 'entry ' || i % 300, i / 8.0, timestamp '2021-03-04' + i * interval '1 hour',
    ARRAY[i, i % 3], i % 2 = 0 FROM generate_series(1, {rows}) i;
CREATE FUNCTION ask(times int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE answer text; seen record;
BEGIN
    FOR i IN 1..times LOOP
        SELECT concat_ws(' ', count(*), count(a), count(b), sum(c), max(d), count(e), bool_and(f), min(b),
            count(*) FILTER (WHERE a > {key}), count(*) FILTER (WHERE NOT f), sum(e[1]), sum(coalesce(a, -1)))
            INTO answer FROM entry;
        SELECT answer || concat_ws(' ', count(*), md5(string_agg(b, ',' ORDER BY b, c DESC, id))) INTO answer
            FROM entry WHERE a < 40 OR a IS NULL;
        FOR seen IN SELECT b, count(*) AS n, sum(c) AS s FROM entry GROUP BY b ORDER BY b NULLS FIRST LIMIT 3 LOOP
            answer := answer || ' ' || seen::text;
        END LOOP;
        SELECT answer || ' ' || count(*) INTO answer FROM entry x JOIN entry y ON x.a = y.a AND y.id < 50;
    END LOOP;
    RETURN answer;
END $$;
SELECT ask(4);
-- settle
SELECT ask(4);
-- settle
INSERT INTO entry SELECT -i, nullif(i % 7, 3), CASE WHEN i % 5 > 1 THEN 'late ' || i END, nullif(i % 4, 1), NULL,
    CASE WHEN i % 3 = 0 THEN ARRAY[NULL, i] END, CASE i % 3 WHEN 0 THEN true WHEN 1 THEN false END
    FROM generate_series(1, 3000) i;
SELECT ask(1);
SELECT count(*), sum(id) FROM entry WHERE a IS NULL;
SELECT count(*) FROM entry WHERE a = 5 AND b IS NULL;
SELECT DISTINCT a, f FROM entry WHERE id < 0 ORDER BY 1, 2;
SELECT id, lag(a) OVER (ORDER BY id), first_value(b) OVER (ORDER BY id) FROM entry WHERE id BETWEEN -40 AND -1 ORDER BY id;
-- settle
UPDATE entry SET a = NULL, b = NULL, c = NULL, d = NULL, e = NULL, f = NULL;
SELECT ask(1);
ANALYZE entry;
SELECT count(*) FROM entry WHERE a = {key};
