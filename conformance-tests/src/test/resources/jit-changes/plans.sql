-- The same questions by sequential scans, then by index, index-only and bitmap scans, and by every join.
CREATE TABLE part (id int, supplier int, price numeric(12,2), name text, tag int);
CREATE TABLE supplier (id int, country int, name text);
INSERT INTO supplier SELECT i, i % 30, 'supplier ' || i FROM generate_series(0, {keys} - 1) i;
INSERT INTO part SELECT i, i * {step} % {keys}, i % 9973 / 3.0, 'part ' || i % 5000, i % 11 FROM generate_series(1, {rows}) i;
CREATE FUNCTION ask(times int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE answer text;
BEGIN
    FOR i IN 1..times LOOP
        SELECT concat_ws(' ',
            (SELECT count(*) FROM part WHERE supplier = {key}),
            (SELECT sum(price) FROM part WHERE supplier BETWEEN {key} AND {key} + 3 AND tag = 4),
            (SELECT count(*) FROM part WHERE supplier = {key} OR name = 'part 77'),
            (SELECT count(*) FROM part p JOIN supplier s ON s.id = p.supplier WHERE s.country = 3),
            (SELECT sum(p.price) FROM supplier s LEFT JOIN part p ON p.supplier = s.id AND p.tag > 9),
            (SELECT count(*) FROM supplier s WHERE NOT EXISTS (SELECT FROM part p WHERE p.supplier = s.id))) INTO answer;
    END LOOP;
    RETURN answer;
END $$;
SELECT ask(4);
-- settle
SELECT ask(4);
-- settle
CREATE INDEX part_supplier ON part (supplier);
CREATE INDEX part_name ON part (name);
CREATE UNIQUE INDEX supplier_id ON supplier (id);
SELECT ask(1);
ANALYZE;
SELECT ask(1);
VACUUM part;
SELECT ask(1);
-- settle
SET enable_bitmapscan = off;
SELECT ask(2);
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
RESET enable_bitmapscan;
SET enable_seqscan = off;
SELECT ask(2);
RESET ALL;
SET enable_hashjoin = off;
SELECT ask(2);
SET enable_mergejoin = off;
SELECT ask(1);
RESET ALL;
SET enable_hashjoin = off;
SET enable_nestloop = off;
SELECT ask(2);
RESET ALL;
-- settle
INSERT INTO part SELECT i, {key}, -i, 'part 77', 4 FROM generate_series(1, 3000) i;
SELECT ask(1);
DROP INDEX part_supplier, part_name, supplier_id;
SELECT ask(1);
