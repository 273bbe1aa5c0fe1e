-- file_fdw: a server's files as tables; here one in its data directory.
-- @normalise-file path
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
DO $$ BEGIN EXECUTE format('COPY (SELECT g, ''row '' || g FROM generate_series(1, 5) g) TO %L (FORMAT csv, HEADER)', current_setting('data_directory') || '/file_fdw.csv'); END $$;
DO $$ BEGIN EXECUTE format('CREATE FOREIGN TABLE rows (id int, label text) SERVER files OPTIONS (filename %L, format ''csv'', header ''true'')', current_setting('data_directory') || '/file_fdw.csv'); END $$;
SELECT * FROM rows ORDER BY id;
SELECT count(*) FROM rows WHERE label LIKE '%3';
EXPLAIN (COSTS off) SELECT * FROM rows;
INSERT INTO rows VALUES (9, 'x');
ALTER FOREIGN TABLE rows OPTIONS (SET format 'nosuch');
CREATE FOREIGN TABLE bad (id int) SERVER files OPTIONS (format 'csv');
CREATE FOREIGN TABLE bad (id int) SERVER files OPTIONS (filename 'x', nosuch 'y');
CREATE FOREIGN TABLE gone (id int) SERVER files OPTIONS (filename 'no/such/file');
SELECT * FROM gone;
DO $$ BEGIN EXECUTE format('COPY (SELECT ''x'', ''y'') TO %L (FORMAT csv)', current_setting('data_directory') || '/file_fdw.csv'); END $$;
ALTER FOREIGN TABLE rows OPTIONS (SET header 'false');
SELECT * FROM rows;
DROP EXTENSION file_fdw CASCADE;
