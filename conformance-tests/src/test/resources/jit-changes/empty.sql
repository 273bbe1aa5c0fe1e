-- Everything is asked of empty tables until it is compiled, then of full ones, then of empty ones again.
CREATE TABLE visit (id int PRIMARY KEY, person int, at timestamp, pages int[], note text);
CREATE TABLE person (id int PRIMARY KEY, name text, born date);
CREATE INDEX ON visit (person);
CREATE INDEX ON visit USING gin (pages);
CREATE FUNCTION ask(times int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE answer text;
BEGIN
    FOR i IN 1..times LOOP
        SELECT concat_ws(' ',
            (SELECT count(*) FROM visit),
            (SELECT count(*) FROM visit WHERE person = {key}),
            (SELECT md5(string_agg(name, ',' ORDER BY name)) FROM person),
            (SELECT sum(array_length(pages, 1)) FROM visit WHERE pages @> ARRAY[{key}]),
            (SELECT count(*) FROM person p LEFT JOIN visit v ON v.person = p.id WHERE v.note > 'm'),
            (SELECT max(at) FROM visit),
            (SELECT count(DISTINCT note) FROM visit)) INTO answer;
    END LOOP;
    RETURN answer;
END $$;
SELECT ask(1500);
-- settle
SELECT ask(1500);
-- settle
SELECT ask(10);
INSERT INTO person SELECT i, 'person ' || i * {step} % {keys}, date '1970-01-01' + i FROM generate_series(1, {keys}) i;
INSERT INTO visit SELECT i, i * {step} % {keys}, timestamp '2020-01-01' + i * interval '7 minutes',
    ARRAY[i % {keys}, i % 7], chr(97 + i % 26) || i FROM generate_series(1, {rows}) i;
SELECT ask(1);
ANALYZE;
SELECT ask(1);
SELECT v.person, count(*), min(note) FROM visit v WHERE v.person < 20 GROUP BY 1 ORDER BY 1;
-- settle
DELETE FROM visit WHERE person <> {key};
SELECT ask(1);
TRUNCATE visit, person;
SELECT ask(1);
SELECT * FROM visit RIGHT JOIN person ON visit.person = person.id;
