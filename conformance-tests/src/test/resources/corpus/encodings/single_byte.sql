-- Encodings of single bytes: every byte to UTF8, and every character of the first planes back.
CREATE FUNCTION attempt(s bytea, source name, target name) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  message text;
  state text;
BEGIN
  RETURN encode(convert(s, source, target), 'hex');
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
  RETURN state || ' ' || message;
END $$;
-- LATIN1
SELECT b, attempt(set_byte('\x00', 0, b), 'LATIN1', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'LATIN1') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'LATIN1');
SELECT convert_from('\x416200', 'LATIN1');
SELECT length('\x41e4f6'::bytea, 'LATIN1');
-- LATIN2
SELECT b, attempt(set_byte('\x00', 0, b), 'LATIN2', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'LATIN2') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'LATIN2');
SELECT convert_from('\x416200', 'LATIN2');
SELECT length('\x41e4f6'::bytea, 'LATIN2');
-- LATIN3
SELECT b, attempt(set_byte('\x00', 0, b), 'LATIN3', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'LATIN3') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'LATIN3');
SELECT convert_from('\x416200', 'LATIN3');
SELECT length('\x41e4f6'::bytea, 'LATIN3');
-- LATIN4
SELECT b, attempt(set_byte('\x00', 0, b), 'LATIN4', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'LATIN4') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'LATIN4');
SELECT convert_from('\x416200', 'LATIN4');
SELECT length('\x41e4f6'::bytea, 'LATIN4');
-- LATIN5
SELECT b, attempt(set_byte('\x00', 0, b), 'LATIN5', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'LATIN5') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'LATIN5');
SELECT convert_from('\x416200', 'LATIN5');
SELECT length('\x41e4f6'::bytea, 'LATIN5');
-- LATIN6
SELECT b, attempt(set_byte('\x00', 0, b), 'LATIN6', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'LATIN6') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'LATIN6');
SELECT convert_from('\x416200', 'LATIN6');
SELECT length('\x41e4f6'::bytea, 'LATIN6');
-- LATIN7
SELECT b, attempt(set_byte('\x00', 0, b), 'LATIN7', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'LATIN7') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'LATIN7');
SELECT convert_from('\x416200', 'LATIN7');
SELECT length('\x41e4f6'::bytea, 'LATIN7');
-- LATIN8
SELECT b, attempt(set_byte('\x00', 0, b), 'LATIN8', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'LATIN8') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'LATIN8');
SELECT convert_from('\x416200', 'LATIN8');
SELECT length('\x41e4f6'::bytea, 'LATIN8');
-- LATIN9
SELECT b, attempt(set_byte('\x00', 0, b), 'LATIN9', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'LATIN9') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'LATIN9');
SELECT convert_from('\x416200', 'LATIN9');
SELECT length('\x41e4f6'::bytea, 'LATIN9');
-- LATIN10
SELECT b, attempt(set_byte('\x00', 0, b), 'LATIN10', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'LATIN10') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'LATIN10');
SELECT convert_from('\x416200', 'LATIN10');
SELECT length('\x41e4f6'::bytea, 'LATIN10');
-- WIN1256
SELECT b, attempt(set_byte('\x00', 0, b), 'WIN1256', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'WIN1256') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'WIN1256');
SELECT convert_from('\x416200', 'WIN1256');
SELECT length('\x41e4f6'::bytea, 'WIN1256');
-- WIN1258
SELECT b, attempt(set_byte('\x00', 0, b), 'WIN1258', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'WIN1258') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'WIN1258');
SELECT convert_from('\x416200', 'WIN1258');
SELECT length('\x41e4f6'::bytea, 'WIN1258');
-- WIN866
SELECT b, attempt(set_byte('\x00', 0, b), 'WIN866', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'WIN866') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'WIN866');
SELECT convert_from('\x416200', 'WIN866');
SELECT length('\x41e4f6'::bytea, 'WIN866');
-- WIN874
SELECT b, attempt(set_byte('\x00', 0, b), 'WIN874', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'WIN874') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'WIN874');
SELECT convert_from('\x416200', 'WIN874');
SELECT length('\x41e4f6'::bytea, 'WIN874');
-- KOI8R
SELECT b, attempt(set_byte('\x00', 0, b), 'KOI8R', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'KOI8R') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'KOI8R');
SELECT convert_from('\x416200', 'KOI8R');
SELECT length('\x41e4f6'::bytea, 'KOI8R');
-- WIN1251
SELECT b, attempt(set_byte('\x00', 0, b), 'WIN1251', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'WIN1251') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'WIN1251');
SELECT convert_from('\x416200', 'WIN1251');
SELECT length('\x41e4f6'::bytea, 'WIN1251');
-- WIN1252
SELECT b, attempt(set_byte('\x00', 0, b), 'WIN1252', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'WIN1252') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'WIN1252');
SELECT convert_from('\x416200', 'WIN1252');
SELECT length('\x41e4f6'::bytea, 'WIN1252');
-- ISO_8859_5
SELECT b, attempt(set_byte('\x00', 0, b), 'ISO_8859_5', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'ISO_8859_5') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'ISO_8859_5');
SELECT convert_from('\x416200', 'ISO_8859_5');
SELECT length('\x41e4f6'::bytea, 'ISO_8859_5');
-- ISO_8859_6
SELECT b, attempt(set_byte('\x00', 0, b), 'ISO_8859_6', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'ISO_8859_6') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'ISO_8859_6');
SELECT convert_from('\x416200', 'ISO_8859_6');
SELECT length('\x41e4f6'::bytea, 'ISO_8859_6');
-- ISO_8859_7
SELECT b, attempt(set_byte('\x00', 0, b), 'ISO_8859_7', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'ISO_8859_7') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'ISO_8859_7');
SELECT convert_from('\x416200', 'ISO_8859_7');
SELECT length('\x41e4f6'::bytea, 'ISO_8859_7');
-- ISO_8859_8
SELECT b, attempt(set_byte('\x00', 0, b), 'ISO_8859_8', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'ISO_8859_8') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'ISO_8859_8');
SELECT convert_from('\x416200', 'ISO_8859_8');
SELECT length('\x41e4f6'::bytea, 'ISO_8859_8');
-- WIN1250
SELECT b, attempt(set_byte('\x00', 0, b), 'WIN1250', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'WIN1250') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'WIN1250');
SELECT convert_from('\x416200', 'WIN1250');
SELECT length('\x41e4f6'::bytea, 'WIN1250');
-- WIN1253
SELECT b, attempt(set_byte('\x00', 0, b), 'WIN1253', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'WIN1253') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'WIN1253');
SELECT convert_from('\x416200', 'WIN1253');
SELECT length('\x41e4f6'::bytea, 'WIN1253');
-- WIN1254
SELECT b, attempt(set_byte('\x00', 0, b), 'WIN1254', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'WIN1254') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'WIN1254');
SELECT convert_from('\x416200', 'WIN1254');
SELECT length('\x41e4f6'::bytea, 'WIN1254');
-- WIN1255
SELECT b, attempt(set_byte('\x00', 0, b), 'WIN1255', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'WIN1255') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'WIN1255');
SELECT convert_from('\x416200', 'WIN1255');
SELECT length('\x41e4f6'::bytea, 'WIN1255');
-- WIN1257
SELECT b, attempt(set_byte('\x00', 0, b), 'WIN1257', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'WIN1257') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'WIN1257');
SELECT convert_from('\x416200', 'WIN1257');
SELECT length('\x41e4f6'::bytea, 'WIN1257');
-- KOI8U
SELECT b, attempt(set_byte('\x00', 0, b), 'KOI8U', 'UTF8') FROM generate_series(0, 255) b ORDER BY b;
SELECT count(*), string_agg(c || ' ' || r, ',' ORDER BY c) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'KOI8U') r FROM (SELECT generate_series(128, 1791) UNION ALL SELECT generate_series(3585, 3675) UNION ALL SELECT generate_series(7680, 7935) UNION ALL SELECT generate_series(8192, 8482) UNION ALL SELECT generate_series(9472, 9632)) g(c)) t WHERE r !~ '^22P05';
SELECT convert_to('Grüße, naïve façade; čeština, żółw; привет, Україна; γειά; שלום; سلام; สวัสดี; € “”', 'KOI8U');
SELECT convert_from('\x416200', 'KOI8U');
SELECT length('\x41e4f6'::bytea, 'KOI8U');
