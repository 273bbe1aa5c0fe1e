-- COPY with ENCODING. pgjdbc sends what is here as UTF8, so other encodings read those bytes as theirs.
CREATE TABLE t (id int, x text);
COPY t FROM STDIN (ENCODING 'LATIN1');
1	ä
2	plain
\.
SELECT id, x, length(x) FROM t ORDER BY id;
COPY t FROM STDIN WITH (FORMAT csv, ENCODING 'WIN1252', HEADER);
id,x
3,"é, ö"
\.
COPY t FROM STDIN (ENCODING 'WIN1253');
4	Ώ
\.
COPY t FROM STDIN (ENCODING 'EUC_JP');
5	ä
\.
COPY t FROM STDIN (ENCODING 'SJIS');
6	ソ\\
\.
COPY t FROM STDIN (ENCODING 'UTF8');
7	日本語
\.
COPY t FROM STDIN (ENCODING 'nosuch');
COPY t FROM STDIN (ENCODING 'SQL_ASCII');
8	ä
\.
COPY t FROM STDIN (ENCODING 'GB18030', ON_ERROR ignore);
9	中
x	ä
\.
SELECT id, x, convert_to(x, 'UTF8') FROM t ORDER BY id;
COPY t TO STDOUT (ENCODING 'UTF8');
COPY (SELECT id, x FROM t WHERE id = 7 ORDER BY id) TO STDOUT (ENCODING 'LATIN1');
COPY (SELECT 'plain', 1) TO STDOUT (ENCODING 'LATIN1');
COPY (SELECT 'plain', 1) TO STDOUT (ENCODING 'SJIS');
COPY (SELECT 'äöü') TO '/tmp/jdbcpglite_encodings.txt' (ENCODING 'LATIN1');
SELECT pg_read_binary_file('/tmp/jdbcpglite_encodings.txt');
CREATE TABLE back (x text);
COPY back FROM '/tmp/jdbcpglite_encodings.txt' (ENCODING 'LATIN1');
COPY back FROM '/tmp/jdbcpglite_encodings.txt' (ENCODING 'WIN1251');
COPY back FROM '/tmp/jdbcpglite_encodings.txt' (ENCODING 'UTF8');
COPY back FROM '/tmp/jdbcpglite_encodings.txt';
SELECT x FROM back ORDER BY x COLLATE "C";
COPY (SELECT 'ソ表' || chr(9) || '\', '日本') TO '/tmp/jdbcpglite_encodings.txt' (ENCODING 'SJIS');
SELECT pg_read_binary_file('/tmp/jdbcpglite_encodings.txt');
CREATE TABLE kanji (a text, b text);
COPY kanji FROM '/tmp/jdbcpglite_encodings.txt' (ENCODING 'SJIS');
SELECT * FROM kanji;
COPY (SELECT repeat('日本語', 20000)) TO '/tmp/jdbcpglite_encodings.txt' (ENCODING 'EUC_JP', FORMAT csv);
SELECT length(pg_read_binary_file('/tmp/jdbcpglite_encodings.txt'));
TRUNCATE back;
COPY back FROM '/tmp/jdbcpglite_encodings.txt' (ENCODING 'EUC_JP', FORMAT csv);
SELECT length(x), x = repeat('日本語', 20000) FROM back;
COPY (SELECT 'x' || repeat('か゚', 30000)) TO '/tmp/jdbcpglite_encodings.txt' (ENCODING 'EUC_JIS_2004');
TRUNCATE back;
COPY back FROM '/tmp/jdbcpglite_encodings.txt' (ENCODING 'EUC_JIS_2004');
SELECT length(x), x = 'x' || repeat('か゚', 30000) FROM back;
COPY (SELECT '') TO '/tmp/jdbcpglite_encodings.txt';
