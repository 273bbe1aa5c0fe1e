-- Strings, patterns, regular expressions, text search and formatting.
CREATE TABLE line (id int PRIMARY KEY, body text);
INSERT INTO line SELECT i, repeat(md5(i::text) || ' ', 1 + i % 4) || 'wörter-' || i % 37 || '@example.'
    || chr(97 + i % 26) || ' Läufer running Runs' FROM generate_series(1, 2500) i;
SELECT count(*) FROM line WHERE body ~ '[a-f]{3}[0-9]{4}';
SELECT count(*) FROM line WHERE body ~* '(WÖRTER)-(1|2)[0-9]?@' AND body !~ '\mrunnings?\M.*z';
SELECT md5(string_agg(regexp_replace(body, '([0-9]+)([a-f]+)', '<\2\1>', 'g'), '' ORDER BY id))
    FROM line WHERE id % 3 = 0;
SELECT m[1], count(*) FROM line, regexp_matches(body, '@(\w+\.[a-e])') m GROUP BY 1 ORDER BY 1;
SELECT sum(array_length(regexp_split_to_array(body, '[^0-9a-zäö]+'), 1)) FROM line;
SELECT count(*) FROM line WHERE body LIKE '%9a%-1_@%' OR body ILIKE '%WÖRTER-3%';
SELECT count(*) FROM line WHERE body SIMILAR TO '%(ab|cd|ef)[0-9](1|2|3)%';
SELECT md5(string_agg(upper(body) || initcap(body) || reverse(body), '' ORDER BY id)) FROM line;
SELECT sum(position('a1' in body)), sum(length(replace(body, 'a', 'bb'))), sum(octet_length(body)),
    sum(ascii(substr(body, id % 30 + 1))), sum(strpos(body, 'Läufer')) FROM line;
SELECT md5(string_agg(translate(split_part(body, ' ', -2), 'aeiou', 'AEI'), '' ORDER BY id)),
    md5(string_agg(lpad(id::text, 9, '*') || rpad(left(body, 3), 5, 'äb') || btrim(body, 'a0'), ''
    ORDER BY id)) FROM line;
SELECT md5(string_agg(encode(body::bytea, 'base64'), '' ORDER BY id)),
    md5(string_agg(encode(sha224(body::bytea), 'hex'), '' ORDER BY id)),
    md5(string_agg(format('%s|%I|%L|%-8s', id, left(body, 4), right(body, 6), id % 9), '' ORDER BY id))
    FROM line;
SELECT md5(string_agg(body, '' ORDER BY body COLLATE "C" DESC)),
    md5(string_agg(body, '' ORDER BY lower(body) COLLATE "pg_c_utf8", id)) FROM line;
SELECT count(*), count(*) FILTER (WHERE ts_rank(to_tsvector('english', body), q) > 0.01)
    FROM (SELECT body, to_tsquery('english', 'run & !xyz') q FROM line) x
    WHERE to_tsvector('english', body) @@ q;
SELECT md5(string_agg(to_tsvector('german', body)::text, '' ORDER BY id)) FROM line WHERE id % 5 = 2;
CREATE INDEX ON line USING gin (to_tsvector('english', body));
CREATE INDEX ON line (md5(body));
SET enable_seqscan = off;
SELECT count(*) FROM line WHERE to_tsvector('english', body) @@ to_tsquery('english', 'runner | run');
SELECT count(*) FROM line a JOIN line b ON md5(a.body) = md5(b.body) WHERE a.id % 10 = 1;
RESET ALL;
SELECT sum(length(normalize(body, NFD))), bool_and(body IS NFC NORMALIZED) FROM line;
