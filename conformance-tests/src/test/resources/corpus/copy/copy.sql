-- COPY in and out, in text and CSV, with all options.
CREATE TABLE t (id int, name text, n numeric, d date, b boolean);
COPY t FROM STDIN;
1	one	1.5	2024-01-01	t
2	\N	\N	\N	\N
3	tab\there	-0	2024-02-29	f
4	back\\slash	1e3	infinity	true
5	new\nline	NaN	-infinity	0
\.
COPY t TO STDOUT;
COPY (SELECT id, name FROM t ORDER BY id DESC) TO STDOUT;
COPY t (name, id) TO STDOUT;
COPY t TO STDOUT (FORMAT csv);
COPY t TO STDOUT WITH (FORMAT csv, HEADER, DELIMITER ';', NULL 'NIL');
COPY t TO STDOUT WITH (FORMAT csv, FORCE_QUOTE (name, d));
COPY t TO STDOUT WITH (FORMAT csv, FORCE_QUOTE *);
COPY t TO STDOUT WITH (FORMAT csv, QUOTE '''', ESCAPE '\');
COPY t TO STDOUT WITH (DELIMITER '|', NULL '');
COPY t TO STDOUT WITH (HEADER true);
COPY t TO STDOUT CSV HEADER;
COPY t TO STDOUT DELIMITER ',' NULL 'x';
COPY (VALUES ('a,b', 'c"d', E'e\nf', '', null)) TO STDOUT (FORMAT csv);
COPY (VALUES ('\.', E'\\', E'\t', E'\b\f\v\r')) TO STDOUT;
COPY (SELECT '\.') TO STDOUT (FORMAT csv);
COPY (SELECT) TO STDOUT;
COPY (SELECT null) TO STDOUT (FORMAT csv);
COPY (SELECT 1, 2 WHERE false) TO STDOUT (FORMAT csv, HEADER);
COPY (INSERT INTO t VALUES (6) RETURNING id, name) TO STDOUT;
COPY (DELETE FROM t WHERE id = 6) TO STDOUT;
COPY (CREATE TABLE x (a int)) TO STDOUT;
COPY (SELECT 1 INTO x) TO STDOUT;
COPY nosuch TO STDOUT;
COPY t (nosuch) TO STDOUT;
COPY t (id, id) TO STDOUT;
COPY t TO STDOUT (FORMAT nosuch);
COPY t TO STDOUT (NOSUCH 1);
COPY t TO STDOUT (DELIMITER 'ab');
COPY t TO STDOUT (DELIMITER 'a');
COPY t TO STDOUT (DELIMITER '\');
COPY t TO STDOUT (FORMAT csv, QUOTE 'ab');
COPY t TO STDOUT (FORMAT csv, DELIMITER '"');
COPY t TO STDOUT (FORMAT csv, NULL '"');
COPY t TO STDOUT (QUOTE '"');
COPY t TO STDOUT (FORCE_QUOTE (id));
COPY t TO STDOUT (FORMAT csv, FORCE_NULL (id));
COPY t TO STDOUT (FORMAT binary, DELIMITER ',');
COPY t TO STDOUT (FORMAT binary, HEADER);
COPY t TO STDOUT (FORMAT csv, FORMAT text);
COPY t TO STDOUT (HEADER match);
COPY t TO STDOUT (HEADER 7);
COPY t TO STDOUT (ENCODING 'nosuch');
COPY t TO STDOUT (ENCODING 'UTF8', FORMAT csv);
COPY t TO STDOUT WHERE id = 1;
COPY t TO STDOUT (FREEZE);
COPY t TO STDOUT (ON_ERROR ignore);
COPY t (id, name) FROM STDIN (FORMAT csv);
10,plain
11,"quoted, with comma"
12,"double "" quote"
13,"multi
line"
14,
15,""
\.
SELECT id, name, name IS NULL AS nul FROM t WHERE id >= 10 ORDER BY id;
COPY t (id, name) FROM STDIN (FORMAT csv, NULL 'NULL', FORCE_NULL (name));
20,NULL
21,"NULL"
22,
\.
COPY t (id, name) FROM STDIN (FORMAT csv, FORCE_NOT_NULL (name));
23,
\.
SELECT id, name, name IS NULL AS nul FROM t WHERE id >= 20 ORDER BY id;
COPY t (id, name) FROM STDIN (FORMAT csv, HEADER);
whatever,header
30,thirty
\.
COPY t (id, name) FROM STDIN (FORMAT csv, HEADER match);
id,name
31,thirty-one
\.
COPY t (id, name) FROM STDIN (FORMAT csv, HEADER match);
id,nome
32,no
\.
COPY t (id, name) FROM STDIN (HEADER match);
id	name
33	text header
\.
COPY t (id, name) FROM STDIN WHERE id % 2 = 0;
40	even
41	odd
42	even
\.
COPY t (id, name) FROM STDIN WHERE (SELECT true);
43	x
\.
SELECT id, name FROM t WHERE id >= 30 ORDER BY id;
COPY t (id) FROM STDIN;
abc
\.
COPY t (id) FROM STDIN;
1	2
\.
COPY t (id, name) FROM STDIN;
50
\.
COPY t (id, name) FROM STDIN;
51	a	b
\.
COPY t (id, n) FROM STDIN;
52	1.5
53	oops
54	2
\.
SELECT count(*) FROM t WHERE id BETWEEN 50 AND 59;
COPY t (id, n) FROM STDIN (ON_ERROR ignore);
52	1.5
53	oops
bad	1
54	2
\.
COPY t (id, n) FROM STDIN (ON_ERROR ignore, LOG_VERBOSITY verbose);
55	1.5
56	oops
\.
COPY t (id, n) FROM STDIN (ON_ERROR ignore, REJECT_LIMIT 1);
57	x
58	y
\.
COPY t (id, n) FROM STDIN (ON_ERROR ignore, REJECT_LIMIT 1, LOG_VERBOSITY silent);
57	x
58	5
\.
COPY t FROM STDIN (REJECT_LIMIT 1);
1
\.
COPY t FROM STDIN (ON_ERROR nosuch);
1
\.
SELECT id, n FROM t WHERE id BETWEEN 50 AND 59 ORDER BY id;
COPY t (id, name) FROM STDIN (FORMAT csv);
60,"unterminated
\.
COPY t (id, name) FROM STDIN (FORMAT csv);
60,a"b"c
61,"a"b
\.
COPY t (id, name) FROM STDIN (DELIMITER '|', NULL 'nix');
62|a\|b
63|nix
64|\x41\101
\.
SELECT id, name FROM t WHERE id >= 60 ORDER BY id;
COPY t (id, name, n, d, b) FROM STDIN (DEFAULT '\D');
70	\D	\D	\D	\D
\.
ALTER TABLE t ALTER name SET DEFAULT 'dflt', ALTER n SET DEFAULT 7 * 6;
COPY t (id, name, n) FROM STDIN (DEFAULT '\D');
71	\D	\D
72	x	\D
\.
COPY t (id) FROM STDIN;
73
\.
SELECT id, name, n FROM t WHERE id >= 70 ORDER BY id;
COPY t (id, name) FROM STDIN (DEFAULT '\N');
1	1
\.
CREATE TABLE c (id int PRIMARY KEY, v int CHECK (v > 0), g int GENERATED ALWAYS AS (v * 2) STORED);
COPY c FROM STDIN;
1	5
2	6
\.
COPY c FROM STDIN;
3	5
1	6
\.
COPY c FROM STDIN;
4	-5
\.
COPY c (id, v, g) FROM STDIN;
4	5	6
\.
COPY c FROM STDIN (FREEZE);
9	9
\.
BEGIN;
CREATE TABLE fr (a int);
COPY fr FROM STDIN (FREEZE);
1
2
\.
COMMIT;
COPY c TO STDOUT;
COPY c (g) TO STDOUT;
CREATE FUNCTION tr() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.v := NEW.v + 100; RAISE NOTICE 'row %', NEW.id; RETURN NEW; END $$;
CREATE TRIGGER tr BEFORE INSERT ON c FOR EACH ROW EXECUTE FUNCTION tr();
COPY c FROM STDIN;
20	1
21	2
\.
SELECT * FROM c ORDER BY id;
CREATE TABLE p (k int, v text) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
COPY p FROM STDIN;
1	a
2	b
1	c
\.
COPY p FROM STDIN;
1	d
3	no partition
\.
COPY p TO STDOUT;
COPY p1 TO STDOUT;
COPY (SELECT * FROM p ORDER BY v) TO STDOUT;
CREATE VIEW v AS SELECT * FROM p1;
COPY v TO STDOUT;
COPY (SELECT * FROM v) TO STDOUT;
COPY v FROM STDIN;
1	x
\.
CREATE MATERIALIZED VIEW mv AS SELECT 1 AS a;
COPY mv TO STDOUT;
COPY pg_class (relname) FROM STDIN;
x
\.
CREATE TABLE types (a int[], j jsonb, ts timestamptz, by bytea, iv interval, r int4range, c circle, e text);
COPY types FROM STDIN;
{1,2,NULL}	{"a": [1, "x\\ty"]}	2024-01-01 12:00:00+02	\\xdeadbeef	1 mon 2 days	[1,5)	<(1,2),3>	äöü€😀
{}	null	infinity	\\x	-00:00:01	empty	\N	
\.
COPY types TO STDOUT;
COPY types TO STDOUT (FORMAT csv, HEADER);
COPY t FROM '/nosuch/file';
COPY t TO 'relative';
COPY t FROM PROGRAM 'exit 1' (NOSUCH);
COPY BINARY t FROM STDIN;
SELECT * FROM pg_stat_progress_copy;
CREATE TABLE nocols ();
COPY nocols FROM STDIN;


\.
SELECT count(*) FROM nocols;
COPY nocols TO STDOUT;
CREATE TEMP TABLE big AS SELECT g AS id, repeat('x', g % 100) AS pad FROM generate_series(1, 2000) g;
SELECT count(*), sum(length(pad)) FROM big;
COPY (SELECT id FROM big WHERE id % 400 = 0 ORDER BY id) TO STDOUT;
TRUNCATE big;
COPY t (id, name) FROM STDIN (FORMAT csv);
80,trailing space 
 81,leading
\.
SELECT id, '[' || name || ']' FROM t WHERE id >= 80 ORDER BY id;
COPY t (id, d) FROM STDIN;
90	2024-13-01
\.
COPY t (id, b) FROM STDIN;
91	maybe
\.
COPY t (id, name) FROM STDIN;
92	nul\0byte
\.
