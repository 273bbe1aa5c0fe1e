-- Encodings of several bytes: samples of what is valid, what is not, and what is cut off.
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
CREATE FUNCTION pairs(step int) RETURNS SETOF bytea LANGUAGE sql AS $$
  SELECT set_byte(set_byte('\x0000', 0, a), 1, b) FROM generate_series(128, 255) a, generate_series(0, 255) b
    WHERE (a * 7 + b * 3) % step = 0 ORDER BY a, b
$$;
CREATE FUNCTION longer(step int) RETURNS SETOF bytea LANGUAGE sql AS $$
  SELECT set_byte(set_byte(set_byte(set_byte('\x00000000', 0, a), 1, b), 2, c), 3, d)
    FROM generate_series(129, 255, 2) a, unnest(ARRAY[0, 48, 57, 64, 126, 128, 161, 167, 200, 254, 255]) b,
      unnest(ARRAY[63, 129, 161, 254]) c, unnest(ARRAY[48, 65, 161, 254]) d
    WHERE (a * 11 + b * 5 + c + d * 3) % step = 0 ORDER BY a, b, c, d
$$;
-- EUC_JP
SELECT convert_to('日本語カナｶﾅ漢字①', 'EUC_JP'), convert_from(convert_to('日本語カナｶﾅ漢字①', 'EUC_JP'), 'EUC_JP') = '日本語カナｶﾅ漢字①';
SELECT i, attempt(i, 'EUC_JP', 'UTF8') FROM pairs(61) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(i, 'EUC_JP', 'UTF8'), ',' ORDER BY i)) FROM pairs(13) i;
SELECT i, attempt(i, 'EUC_JP', 'UTF8') FROM longer(97) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(substr(i, 1, 3), 'EUC_JP', 'UTF8'), ',' ORDER BY i)) FROM longer(31) i;
SELECT b, attempt(set_byte('\x00', 0, b), 'EUC_JP', 'UTF8') FROM generate_series(128, 255) b ORDER BY b;
SELECT count(*) FILTER (WHERE r !~ '^22'), md5(string_agg(r, ',' ORDER BY c)) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'EUC_JP') r FROM (SELECT generate_series(128, 55000, 61) UNION ALL SELECT generate_series(57344, 65535, 53) UNION ALL SELECT generate_series(65536, 200000, 1009)) g(c)) t;
SELECT c, attempt(convert_to(chr(c), 'UTF8') || rest, 'UTF8', 'EUC_JP') FROM unnest(ARRAY[228, 12363, 12503, 20013, 54620]) c, unnest(ARRAY['\x'::bytea, '\xe3829a', '\xe382', '\xe3', '\x41', '\x00', '\xff', '\xe38241']) rest ORDER BY c, rest;
SELECT length(convert_to('日本語カナｶﾅ漢字①', 'EUC_JP'), 'EUC_JP'), octet_length(convert_to('日本語カナｶﾅ漢字①', 'EUC_JP'));
SELECT convert_from('\x41' || substr(convert_to('日本語カナｶﾅ漢字①', 'EUC_JP'), 1, 1), 'EUC_JP');
SELECT convert_to('x😀', 'EUC_JP');
-- EUC_CN
SELECT convert_to('中文简体字', 'EUC_CN'), convert_from(convert_to('中文简体字', 'EUC_CN'), 'EUC_CN') = '中文简体字';
SELECT i, attempt(i, 'EUC_CN', 'UTF8') FROM pairs(61) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(i, 'EUC_CN', 'UTF8'), ',' ORDER BY i)) FROM pairs(13) i;
SELECT i, attempt(i, 'EUC_CN', 'UTF8') FROM longer(97) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(substr(i, 1, 3), 'EUC_CN', 'UTF8'), ',' ORDER BY i)) FROM longer(31) i;
SELECT b, attempt(set_byte('\x00', 0, b), 'EUC_CN', 'UTF8') FROM generate_series(128, 255) b ORDER BY b;
SELECT count(*) FILTER (WHERE r !~ '^22'), md5(string_agg(r, ',' ORDER BY c)) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'EUC_CN') r FROM (SELECT generate_series(128, 55000, 61) UNION ALL SELECT generate_series(57344, 65535, 53) UNION ALL SELECT generate_series(65536, 200000, 1009)) g(c)) t;
SELECT c, attempt(convert_to(chr(c), 'UTF8') || rest, 'UTF8', 'EUC_CN') FROM unnest(ARRAY[228, 12363, 12503, 20013, 54620]) c, unnest(ARRAY['\x'::bytea, '\xe3829a', '\xe382', '\xe3', '\x41', '\x00', '\xff', '\xe38241']) rest ORDER BY c, rest;
SELECT length(convert_to('中文简体字', 'EUC_CN'), 'EUC_CN'), octet_length(convert_to('中文简体字', 'EUC_CN'));
SELECT convert_from('\x41' || substr(convert_to('中文简体字', 'EUC_CN'), 1, 1), 'EUC_CN');
SELECT convert_to('x😀', 'EUC_CN');
-- EUC_KR
SELECT convert_to('한국어漢字', 'EUC_KR'), convert_from(convert_to('한국어漢字', 'EUC_KR'), 'EUC_KR') = '한국어漢字';
SELECT i, attempt(i, 'EUC_KR', 'UTF8') FROM pairs(61) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(i, 'EUC_KR', 'UTF8'), ',' ORDER BY i)) FROM pairs(13) i;
SELECT i, attempt(i, 'EUC_KR', 'UTF8') FROM longer(97) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(substr(i, 1, 3), 'EUC_KR', 'UTF8'), ',' ORDER BY i)) FROM longer(31) i;
SELECT b, attempt(set_byte('\x00', 0, b), 'EUC_KR', 'UTF8') FROM generate_series(128, 255) b ORDER BY b;
SELECT count(*) FILTER (WHERE r !~ '^22'), md5(string_agg(r, ',' ORDER BY c)) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'EUC_KR') r FROM (SELECT generate_series(128, 55000, 61) UNION ALL SELECT generate_series(57344, 65535, 53) UNION ALL SELECT generate_series(65536, 200000, 1009)) g(c)) t;
SELECT c, attempt(convert_to(chr(c), 'UTF8') || rest, 'UTF8', 'EUC_KR') FROM unnest(ARRAY[228, 12363, 12503, 20013, 54620]) c, unnest(ARRAY['\x'::bytea, '\xe3829a', '\xe382', '\xe3', '\x41', '\x00', '\xff', '\xe38241']) rest ORDER BY c, rest;
SELECT length(convert_to('한국어漢字', 'EUC_KR'), 'EUC_KR'), octet_length(convert_to('한국어漢字', 'EUC_KR'));
SELECT convert_from('\x41' || substr(convert_to('한국어漢字', 'EUC_KR'), 1, 1), 'EUC_KR');
SELECT convert_to('x😀', 'EUC_KR');
-- EUC_TW
SELECT convert_to('中文繁體字', 'EUC_TW'), convert_from(convert_to('中文繁體字', 'EUC_TW'), 'EUC_TW') = '中文繁體字';
SELECT i, attempt(i, 'EUC_TW', 'UTF8') FROM pairs(61) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(i, 'EUC_TW', 'UTF8'), ',' ORDER BY i)) FROM pairs(13) i;
SELECT i, attempt(i, 'EUC_TW', 'UTF8') FROM longer(97) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(substr(i, 1, 3), 'EUC_TW', 'UTF8'), ',' ORDER BY i)) FROM longer(31) i;
SELECT b, attempt(set_byte('\x00', 0, b), 'EUC_TW', 'UTF8') FROM generate_series(128, 255) b ORDER BY b;
SELECT count(*) FILTER (WHERE r !~ '^22'), md5(string_agg(r, ',' ORDER BY c)) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'EUC_TW') r FROM (SELECT generate_series(128, 55000, 61) UNION ALL SELECT generate_series(57344, 65535, 53) UNION ALL SELECT generate_series(65536, 200000, 1009)) g(c)) t;
SELECT c, attempt(convert_to(chr(c), 'UTF8') || rest, 'UTF8', 'EUC_TW') FROM unnest(ARRAY[228, 12363, 12503, 20013, 54620]) c, unnest(ARRAY['\x'::bytea, '\xe3829a', '\xe382', '\xe3', '\x41', '\x00', '\xff', '\xe38241']) rest ORDER BY c, rest;
SELECT length(convert_to('中文繁體字', 'EUC_TW'), 'EUC_TW'), octet_length(convert_to('中文繁體字', 'EUC_TW'));
SELECT convert_from('\x41' || substr(convert_to('中文繁體字', 'EUC_TW'), 1, 1), 'EUC_TW');
SELECT convert_to('x😀', 'EUC_TW');
-- EUC_JIS_2004
SELECT convert_to('日本語か゚ㇷ゚①', 'EUC_JIS_2004'), convert_from(convert_to('日本語か゚ㇷ゚①', 'EUC_JIS_2004'), 'EUC_JIS_2004') = '日本語か゚ㇷ゚①';
SELECT i, attempt(i, 'EUC_JIS_2004', 'UTF8') FROM pairs(61) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(i, 'EUC_JIS_2004', 'UTF8'), ',' ORDER BY i)) FROM pairs(13) i;
SELECT i, attempt(i, 'EUC_JIS_2004', 'UTF8') FROM longer(97) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(substr(i, 1, 3), 'EUC_JIS_2004', 'UTF8'), ',' ORDER BY i)) FROM longer(31) i;
SELECT b, attempt(set_byte('\x00', 0, b), 'EUC_JIS_2004', 'UTF8') FROM generate_series(128, 255) b ORDER BY b;
SELECT count(*) FILTER (WHERE r !~ '^22'), md5(string_agg(r, ',' ORDER BY c)) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'EUC_JIS_2004') r FROM (SELECT generate_series(128, 55000, 61) UNION ALL SELECT generate_series(57344, 65535, 53) UNION ALL SELECT generate_series(65536, 200000, 1009)) g(c)) t;
SELECT c, attempt(convert_to(chr(c), 'UTF8') || rest, 'UTF8', 'EUC_JIS_2004') FROM unnest(ARRAY[228, 12363, 12503, 20013, 54620]) c, unnest(ARRAY['\x'::bytea, '\xe3829a', '\xe382', '\xe3', '\x41', '\x00', '\xff', '\xe38241']) rest ORDER BY c, rest;
SELECT length(convert_to('日本語か゚ㇷ゚①', 'EUC_JIS_2004'), 'EUC_JIS_2004'), octet_length(convert_to('日本語か゚ㇷ゚①', 'EUC_JIS_2004'));
SELECT convert_from('\x41' || substr(convert_to('日本語か゚ㇷ゚①', 'EUC_JIS_2004'), 1, 1), 'EUC_JIS_2004');
SELECT convert_to('x😀', 'EUC_JIS_2004');
-- SJIS
SELECT convert_to('日本語カナｶﾅ漢字', 'SJIS'), convert_from(convert_to('日本語カナｶﾅ漢字', 'SJIS'), 'SJIS') = '日本語カナｶﾅ漢字';
SELECT i, attempt(i, 'SJIS', 'UTF8') FROM pairs(61) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(i, 'SJIS', 'UTF8'), ',' ORDER BY i)) FROM pairs(13) i;
SELECT i, attempt(i, 'SJIS', 'UTF8') FROM longer(97) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(substr(i, 1, 3), 'SJIS', 'UTF8'), ',' ORDER BY i)) FROM longer(31) i;
SELECT b, attempt(set_byte('\x00', 0, b), 'SJIS', 'UTF8') FROM generate_series(128, 255) b ORDER BY b;
SELECT count(*) FILTER (WHERE r !~ '^22'), md5(string_agg(r, ',' ORDER BY c)) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'SJIS') r FROM (SELECT generate_series(128, 55000, 61) UNION ALL SELECT generate_series(57344, 65535, 53) UNION ALL SELECT generate_series(65536, 200000, 1009)) g(c)) t;
SELECT c, attempt(convert_to(chr(c), 'UTF8') || rest, 'UTF8', 'SJIS') FROM unnest(ARRAY[228, 12363, 12503, 20013, 54620]) c, unnest(ARRAY['\x'::bytea, '\xe3829a', '\xe382', '\xe3', '\x41', '\x00', '\xff', '\xe38241']) rest ORDER BY c, rest;
SELECT length(convert_to('日本語カナｶﾅ漢字', 'SJIS'), 'SJIS'), octet_length(convert_to('日本語カナｶﾅ漢字', 'SJIS'));
SELECT convert_from('\x41' || substr(convert_to('日本語カナｶﾅ漢字', 'SJIS'), 1, 1), 'SJIS');
SELECT convert_to('x😀', 'SJIS');
-- BIG5
SELECT convert_to('中文繁體字', 'BIG5'), convert_from(convert_to('中文繁體字', 'BIG5'), 'BIG5') = '中文繁體字';
SELECT i, attempt(i, 'BIG5', 'UTF8') FROM pairs(61) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(i, 'BIG5', 'UTF8'), ',' ORDER BY i)) FROM pairs(13) i;
SELECT i, attempt(i, 'BIG5', 'UTF8') FROM longer(97) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(substr(i, 1, 3), 'BIG5', 'UTF8'), ',' ORDER BY i)) FROM longer(31) i;
SELECT b, attempt(set_byte('\x00', 0, b), 'BIG5', 'UTF8') FROM generate_series(128, 255) b ORDER BY b;
SELECT count(*) FILTER (WHERE r !~ '^22'), md5(string_agg(r, ',' ORDER BY c)) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'BIG5') r FROM (SELECT generate_series(128, 55000, 61) UNION ALL SELECT generate_series(57344, 65535, 53) UNION ALL SELECT generate_series(65536, 200000, 1009)) g(c)) t;
SELECT c, attempt(convert_to(chr(c), 'UTF8') || rest, 'UTF8', 'BIG5') FROM unnest(ARRAY[228, 12363, 12503, 20013, 54620]) c, unnest(ARRAY['\x'::bytea, '\xe3829a', '\xe382', '\xe3', '\x41', '\x00', '\xff', '\xe38241']) rest ORDER BY c, rest;
SELECT length(convert_to('中文繁體字', 'BIG5'), 'BIG5'), octet_length(convert_to('中文繁體字', 'BIG5'));
SELECT convert_from('\x41' || substr(convert_to('中文繁體字', 'BIG5'), 1, 1), 'BIG5');
SELECT convert_to('x😀', 'BIG5');
-- GBK
SELECT convert_to('中文简体繁體€', 'GBK'), convert_from(convert_to('中文简体繁體€', 'GBK'), 'GBK') = '中文简体繁體€';
SELECT i, attempt(i, 'GBK', 'UTF8') FROM pairs(61) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(i, 'GBK', 'UTF8'), ',' ORDER BY i)) FROM pairs(13) i;
SELECT i, attempt(i, 'GBK', 'UTF8') FROM longer(97) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(substr(i, 1, 3), 'GBK', 'UTF8'), ',' ORDER BY i)) FROM longer(31) i;
SELECT b, attempt(set_byte('\x00', 0, b), 'GBK', 'UTF8') FROM generate_series(128, 255) b ORDER BY b;
SELECT count(*) FILTER (WHERE r !~ '^22'), md5(string_agg(r, ',' ORDER BY c)) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'GBK') r FROM (SELECT generate_series(128, 55000, 61) UNION ALL SELECT generate_series(57344, 65535, 53) UNION ALL SELECT generate_series(65536, 200000, 1009)) g(c)) t;
SELECT c, attempt(convert_to(chr(c), 'UTF8') || rest, 'UTF8', 'GBK') FROM unnest(ARRAY[228, 12363, 12503, 20013, 54620]) c, unnest(ARRAY['\x'::bytea, '\xe3829a', '\xe382', '\xe3', '\x41', '\x00', '\xff', '\xe38241']) rest ORDER BY c, rest;
SELECT length(convert_to('中文简体繁體€', 'GBK'), 'GBK'), octet_length(convert_to('中文简体繁體€', 'GBK'));
SELECT convert_from('\x41' || substr(convert_to('中文简体繁體€', 'GBK'), 1, 1), 'GBK');
SELECT convert_to('x😀', 'GBK');
-- UHC
SELECT convert_to('한국어똠방각하', 'UHC'), convert_from(convert_to('한국어똠방각하', 'UHC'), 'UHC') = '한국어똠방각하';
SELECT i, attempt(i, 'UHC', 'UTF8') FROM pairs(61) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(i, 'UHC', 'UTF8'), ',' ORDER BY i)) FROM pairs(13) i;
SELECT i, attempt(i, 'UHC', 'UTF8') FROM longer(97) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(substr(i, 1, 3), 'UHC', 'UTF8'), ',' ORDER BY i)) FROM longer(31) i;
SELECT b, attempt(set_byte('\x00', 0, b), 'UHC', 'UTF8') FROM generate_series(128, 255) b ORDER BY b;
SELECT count(*) FILTER (WHERE r !~ '^22'), md5(string_agg(r, ',' ORDER BY c)) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'UHC') r FROM (SELECT generate_series(128, 55000, 61) UNION ALL SELECT generate_series(57344, 65535, 53) UNION ALL SELECT generate_series(65536, 200000, 1009)) g(c)) t;
SELECT c, attempt(convert_to(chr(c), 'UTF8') || rest, 'UTF8', 'UHC') FROM unnest(ARRAY[228, 12363, 12503, 20013, 54620]) c, unnest(ARRAY['\x'::bytea, '\xe3829a', '\xe382', '\xe3', '\x41', '\x00', '\xff', '\xe38241']) rest ORDER BY c, rest;
SELECT length(convert_to('한국어똠방각하', 'UHC'), 'UHC'), octet_length(convert_to('한국어똠방각하', 'UHC'));
SELECT convert_from('\x41' || substr(convert_to('한국어똠방각하', 'UHC'), 1, 1), 'UHC');
SELECT convert_to('x😀', 'UHC');
-- GB18030
SELECT convert_to('中文𠀀😀€é', 'GB18030'), convert_from(convert_to('中文𠀀😀€é', 'GB18030'), 'GB18030') = '中文𠀀😀€é';
SELECT i, attempt(i, 'GB18030', 'UTF8') FROM pairs(61) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(i, 'GB18030', 'UTF8'), ',' ORDER BY i)) FROM pairs(13) i;
SELECT i, attempt(i, 'GB18030', 'UTF8') FROM longer(97) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(substr(i, 1, 3), 'GB18030', 'UTF8'), ',' ORDER BY i)) FROM longer(31) i;
SELECT b, attempt(set_byte('\x00', 0, b), 'GB18030', 'UTF8') FROM generate_series(128, 255) b ORDER BY b;
SELECT count(*) FILTER (WHERE r !~ '^22'), md5(string_agg(r, ',' ORDER BY c)) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'GB18030') r FROM (SELECT generate_series(128, 55000, 61) UNION ALL SELECT generate_series(57344, 65535, 53) UNION ALL SELECT generate_series(65536, 200000, 1009)) g(c)) t;
SELECT c, attempt(convert_to(chr(c), 'UTF8') || rest, 'UTF8', 'GB18030') FROM unnest(ARRAY[228, 12363, 12503, 20013, 54620]) c, unnest(ARRAY['\x'::bytea, '\xe3829a', '\xe382', '\xe3', '\x41', '\x00', '\xff', '\xe38241']) rest ORDER BY c, rest;
SELECT length(convert_to('中文𠀀😀€é', 'GB18030'), 'GB18030'), octet_length(convert_to('中文𠀀😀€é', 'GB18030'));
SELECT convert_from('\x41' || substr(convert_to('中文𠀀😀€é', 'GB18030'), 1, 1), 'GB18030');
SELECT convert_to('x😀', 'GB18030');
-- JOHAB
SELECT convert_to('한국어漢字', 'JOHAB'), convert_from(convert_to('한국어漢字', 'JOHAB'), 'JOHAB') = '한국어漢字';
SELECT i, attempt(i, 'JOHAB', 'UTF8') FROM pairs(61) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(i, 'JOHAB', 'UTF8'), ',' ORDER BY i)) FROM pairs(13) i;
SELECT i, attempt(i, 'JOHAB', 'UTF8') FROM longer(97) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(substr(i, 1, 3), 'JOHAB', 'UTF8'), ',' ORDER BY i)) FROM longer(31) i;
SELECT b, attempt(set_byte('\x00', 0, b), 'JOHAB', 'UTF8') FROM generate_series(128, 255) b ORDER BY b;
SELECT count(*) FILTER (WHERE r !~ '^22'), md5(string_agg(r, ',' ORDER BY c)) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'JOHAB') r FROM (SELECT generate_series(128, 55000, 61) UNION ALL SELECT generate_series(57344, 65535, 53) UNION ALL SELECT generate_series(65536, 200000, 1009)) g(c)) t;
SELECT c, attempt(convert_to(chr(c), 'UTF8') || rest, 'UTF8', 'JOHAB') FROM unnest(ARRAY[228, 12363, 12503, 20013, 54620]) c, unnest(ARRAY['\x'::bytea, '\xe3829a', '\xe382', '\xe3', '\x41', '\x00', '\xff', '\xe38241']) rest ORDER BY c, rest;
SELECT length(convert_to('한국어漢字', 'JOHAB'), 'JOHAB'), octet_length(convert_to('한국어漢字', 'JOHAB'));
SELECT convert_from('\x41' || substr(convert_to('한국어漢字', 'JOHAB'), 1, 1), 'JOHAB');
SELECT convert_to('x😀', 'JOHAB');
-- SHIFT_JIS_2004
SELECT convert_to('日本語か゚ㇷ゚', 'SHIFT_JIS_2004'), convert_from(convert_to('日本語か゚ㇷ゚', 'SHIFT_JIS_2004'), 'SHIFT_JIS_2004') = '日本語か゚ㇷ゚';
SELECT i, attempt(i, 'SHIFT_JIS_2004', 'UTF8') FROM pairs(61) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(i, 'SHIFT_JIS_2004', 'UTF8'), ',' ORDER BY i)) FROM pairs(13) i;
SELECT i, attempt(i, 'SHIFT_JIS_2004', 'UTF8') FROM longer(97) i ORDER BY i;
SELECT count(*), md5(string_agg(attempt(substr(i, 1, 3), 'SHIFT_JIS_2004', 'UTF8'), ',' ORDER BY i)) FROM longer(31) i;
SELECT b, attempt(set_byte('\x00', 0, b), 'SHIFT_JIS_2004', 'UTF8') FROM generate_series(128, 255) b ORDER BY b;
SELECT count(*) FILTER (WHERE r !~ '^22'), md5(string_agg(r, ',' ORDER BY c)) FROM (SELECT c, attempt(convert_to(chr(c), 'UTF8'), 'UTF8', 'SHIFT_JIS_2004') r FROM (SELECT generate_series(128, 55000, 61) UNION ALL SELECT generate_series(57344, 65535, 53) UNION ALL SELECT generate_series(65536, 200000, 1009)) g(c)) t;
SELECT c, attempt(convert_to(chr(c), 'UTF8') || rest, 'UTF8', 'SHIFT_JIS_2004') FROM unnest(ARRAY[228, 12363, 12503, 20013, 54620]) c, unnest(ARRAY['\x'::bytea, '\xe3829a', '\xe382', '\xe3', '\x41', '\x00', '\xff', '\xe38241']) rest ORDER BY c, rest;
SELECT length(convert_to('日本語か゚ㇷ゚', 'SHIFT_JIS_2004'), 'SHIFT_JIS_2004'), octet_length(convert_to('日本語か゚ㇷ゚', 'SHIFT_JIS_2004'));
SELECT convert_from('\x41' || substr(convert_to('日本語か゚ㇷ゚', 'SHIFT_JIS_2004'), 1, 1), 'SHIFT_JIS_2004');
SELECT convert_to('x😀', 'SHIFT_JIS_2004');
