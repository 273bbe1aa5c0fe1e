-- Counts rows of an index that grew while it was compiled: once "number of columns (0) exceeds limit (1664)".
-- In one transaction, as the command line tool runs a file: so it failed.
BEGIN;
CREATE TABLE orders (id serial PRIMARY KEY, customer int, amount numeric);
SELECT setseed({fraction});
INSERT INTO orders (customer, amount) SELECT (random() * 1000)::int, i FROM generate_series(1, 40000) i;
CREATE INDEX ON orders (customer);
-- settle
INSERT INTO orders (customer, amount) SELECT (random() * 1000)::int, i FROM generate_series(1, 40000) i;
-- settle
INSERT INTO orders (customer, amount) SELECT (random() * 1000)::int, i FROM generate_series(1, 40000) i;
-- settle
INSERT INTO orders (customer, amount) VALUES (7, 1), (7, 2);
ANALYZE orders;
SELECT count(*) FROM orders WHERE customer = 7;
COMMIT;
