-- jsonb, jsonpath, arrays, ranges, composites and XML-free documents.
CREATE TABLE document (id int PRIMARY KEY, body jsonb, tags int[], span int4range);
INSERT INTO document SELECT i, jsonb_build_object('id', i, 'name', md5(i::text), 'n', i / 8.0,
    'list', (SELECT jsonb_agg(j * i % 17) FROM generate_series(1, i % 9) j),
    'sub', jsonb_build_object('even', i % 2 = 0, 'none', NULL, 'deep', jsonb_build_array(i, i::text))),
    array(SELECT j * i % 23 FROM generate_series(0, i % 6) j), int4range(i % 90, i % 90 + i % 13)
    FROM generate_series(1, 2500) i;
SELECT md5(string_agg(body::text, '' ORDER BY id)), sum(length(body::text)) FROM document;
SELECT sum((body->>'n')::numeric), sum((body #>> '{sub,deep,0}')::int),
    count(*) FILTER (WHERE body @> '{"sub": {"even": true}}'), count(*) FILTER (WHERE body ? 'list')
    FROM document;
SELECT sum((v #>> '{}')::int), count(*) FROM document,
    jsonb_path_query(body, '$.list[*] ? (@ > 5 && @ < 12)') v;
SELECT key, count(*), md5(string_agg(value::text, ',' ORDER BY id))
    FROM document, jsonb_each(body) GROUP BY key ORDER BY key;
SELECT md5(string_agg((jsonb_set(body, '{sub,deep,1}', to_jsonb(id * 3)) - 'name')::text, ''
    ORDER BY id)) FROM document;
SELECT md5(string_agg(jsonb_pretty(body || '{"x": [1, {"y": 2.50}]}'), '' ORDER BY id)) FROM document
    WHERE id % 4 = 0;
SELECT t.even, count(*), sum(t.n), max(t.first) FROM document, json_table(body, '$' COLUMNS (
    n numeric PATH '$.n', even boolean PATH '$.sub.even', first int PATH '$.list[0]')) t
    GROUP BY 1 ORDER BY 1;
SELECT md5(string_agg(body::json::text::jsonb::text, '' ORDER BY body, id)) FROM document;
CREATE INDEX ON document USING gin (body jsonb_path_ops);
CREATE INDEX ON document USING gin (tags);
CREATE INDEX ON document USING gist (span);
SET enable_seqscan = off;
SELECT count(*), sum(id) FROM document WHERE body @> '{"list": [7]}';
SELECT count(*), sum(id) FROM document WHERE tags && '{3,5}' AND NOT tags @> '{0,4}';
SELECT count(*), sum(id) FROM document WHERE span && '[10,20)' AND NOT span <@ '[5,30)';
RESET ALL;
SELECT sum(cardinality(tags || id)), md5(string_agg(array_to_string(tags, ';'), '' ORDER BY id)),
    sum(tags[2]), count(array_position(tags, 7)) FROM document;
SELECT u, count(*) FROM document, unnest(tags) u GROUP BY u ORDER BY count(*) DESC, u;
SELECT range_agg(span) FROM document WHERE id % 31 = 0;
SELECT md5(string_agg(row_to_json(d)::text, '' ORDER BY id)) FROM document d WHERE id % 5 = 1;
SELECT md5(string_agg((d.*)::text, '' ORDER BY d.span, d.tags, d.id)) FROM document d;
