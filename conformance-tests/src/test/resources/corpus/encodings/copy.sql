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
-- A file in the data directory, which differs between the two sides.
CREATE FUNCTION with_file(command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  message text;
  state text;
  context text;
  counted bigint;
BEGIN
  EXECUTE replace(command, 'FILE', quote_literal(current_setting('data_directory') || '/encodings.txt'));
  GET DIAGNOSTICS counted = ROW_COUNT;
  RETURN counted;
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, state = RETURNED_SQLSTATE, context = PG_EXCEPTION_CONTEXT;
  RETURN state || ' ' || message || ', ' || substring(context FROM '^COPY [^\n]*');
END $$;
CREATE TABLE back (x text);
SELECT with_file($$COPY (SELECT 'äöü') TO FILE (ENCODING 'LATIN1')$$);
SELECT pg_read_binary_file('encodings.txt');
SELECT with_file($$COPY back FROM FILE (ENCODING 'LATIN1')$$);
SELECT with_file($$COPY back FROM FILE (ENCODING 'WIN1251')$$);
SELECT with_file($$COPY back FROM FILE (ENCODING 'UTF8')$$);
SELECT with_file($$COPY back FROM FILE$$);
SELECT x FROM back ORDER BY x COLLATE "C";
SELECT with_file($$COPY (SELECT 'äöü') TO FILE (ENCODING 'WIN1251')$$);
CREATE TABLE kanji (a text, b text);
SELECT with_file($$COPY (SELECT 'ソ表' || chr(9) || '\', '日本') TO FILE (ENCODING 'SJIS')$$);
SELECT pg_read_binary_file('encodings.txt');
SELECT with_file($$COPY kanji FROM FILE (ENCODING 'SJIS')$$);
SELECT with_file($$COPY kanji FROM FILE (ENCODING 'BIG5')$$);
SELECT with_file($$COPY kanji FROM FILE (ENCODING 'EUC_JP')$$);
SELECT * FROM kanji ORDER BY a COLLATE "C";
TRUNCATE back;
SELECT with_file($$COPY (SELECT 'x' || repeat('日本語', 30000)) TO FILE (ENCODING 'EUC_JP', FORMAT csv)$$);
SELECT length(pg_read_binary_file('encodings.txt')), md5(pg_read_binary_file('encodings.txt'));
SELECT with_file($$COPY back FROM FILE (ENCODING 'EUC_JP', FORMAT csv)$$);
SELECT length(x), x = 'x' || repeat('日本語', 30000) FROM back;
TRUNCATE back;
SELECT with_file($$COPY (SELECT 'x' || repeat('中𠀀', 30000)) TO FILE (ENCODING 'GB18030')$$);
SELECT length(pg_read_binary_file('encodings.txt')), md5(pg_read_binary_file('encodings.txt'));
SELECT with_file($$COPY back FROM FILE (ENCODING 'GB18030')$$);
SELECT length(x), x = 'x' || repeat('中𠀀', 30000) FROM back;
TRUNCATE back;
SELECT with_file($$COPY (SELECT 'x' || repeat('か゚', 30000)) TO FILE (ENCODING 'EUC_JIS_2004')$$);
SELECT length(pg_read_binary_file('encodings.txt')), md5(pg_read_binary_file('encodings.txt'));
SELECT with_file($$COPY back FROM FILE (ENCODING 'EUC_JIS_2004')$$);
SELECT length(x), x = 'x' || repeat('か゚', 30000) FROM back;
TRUNCATE back;
SELECT with_file($$COPY (SELECT 'x' || repeat('똠a', 30000)) TO FILE (ENCODING 'UHC', FORMAT csv)$$);
SELECT length(pg_read_binary_file('encodings.txt')), md5(pg_read_binary_file('encodings.txt'));
SELECT with_file($$COPY back FROM FILE (ENCODING 'UHC', FORMAT csv)$$);
SELECT length(x), x = 'x' || repeat('똠a', 30000) FROM back;
TRUNCATE back;
SELECT with_file($$COPY (SELECT 'x' || repeat('€ab', 30000)) TO FILE (ENCODING 'WIN1252')$$);
SELECT length(pg_read_binary_file('encodings.txt')), md5(pg_read_binary_file('encodings.txt'));
SELECT with_file($$COPY back FROM FILE (ENCODING 'WIN1252')$$);
SELECT length(x), x = 'x' || repeat('€ab', 30000) FROM back;
TRUNCATE back;
SELECT with_file($$COPY (SELECT 'x' || repeat('한국', 30000)) TO FILE (ENCODING 'JOHAB')$$);
SELECT length(pg_read_binary_file('encodings.txt')), md5(pg_read_binary_file('encodings.txt'));
SELECT with_file($$COPY back FROM FILE (ENCODING 'JOHAB')$$);
SELECT length(x), x = 'x' || repeat('한국', 30000) FROM back;
TRUNCATE back;
SELECT with_file($$COPY (SELECT 'x' || repeat('中繁', 30000)) TO FILE (ENCODING 'BIG5')$$);
SELECT length(pg_read_binary_file('encodings.txt')), md5(pg_read_binary_file('encodings.txt'));
SELECT with_file($$COPY back FROM FILE (ENCODING 'BIG5')$$);
SELECT length(x), x = 'x' || repeat('中繁', 30000) FROM back;
SELECT with_file($$COPY (SELECT '') TO FILE$$);
