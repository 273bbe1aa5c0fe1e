-- Joins of every kind over the same rows, so that each method must give the same sums.
CREATE TABLE customer (id int PRIMARY KEY, region int NOT NULL, name text NOT NULL);
CREATE TABLE purchase (id int PRIMARY KEY, customer int, amount numeric(10,2), placed date);
CREATE TABLE item (purchase int NOT NULL, line int NOT NULL, quantity int, price float8);
INSERT INTO customer SELECT i, i % 7, 'customer ' || md5(i::text) FROM generate_series(1, 500) i;
INSERT INTO purchase SELECT i, CASE WHEN i % 11 > 0 THEN (i * 7919) % 620 END,
    (i * 37 % 10007) / 7.0, date '2020-01-01' + i % 1000 FROM generate_series(1, 4000) i;
INSERT INTO item SELECT 1 + (i * 31) % 4000, i % 5, i % 13, (i % 997) / 8.0
    FROM generate_series(1, 12000) i;
CREATE INDEX ON purchase (customer);
CREATE INDEX ON item (purchase);
ANALYZE;
SET enable_mergejoin = off;
SET enable_nestloop = off;
SELECT c.region, count(*), sum(p.amount), min(p.placed), max(c.name)
    FROM customer c JOIN purchase p ON p.customer = c.id GROUP BY c.region ORDER BY c.region;
SELECT count(*), count(c.id), count(p.id), sum(p.amount)
    FROM customer c FULL JOIN purchase p ON p.customer = c.id;
SELECT c.region, sum(i.quantity * i.price), count(DISTINCT p.id)
    FROM item i JOIN purchase p ON p.id = i.purchase LEFT JOIN customer c ON c.id = p.customer
    GROUP BY c.region ORDER BY c.region;
SELECT * FROM customer c JOIN purchase p ON p.customer = c.id
    JOIN item i ON i.purchase = p.id AND i.line = p.id % 5 WHERE p.id % 97 = 3
    ORDER BY p.id, i.line, i.price LIMIT 40;
SET work_mem = '64kB';
SELECT count(*), sum(i.price), sum(p.amount) FROM item i JOIN purchase p ON p.id = i.purchase;
RESET work_mem;
SELECT count(*) FROM customer c WHERE NOT EXISTS (SELECT FROM purchase p WHERE p.customer = c.id);
SELECT count(*), sum(amount) FROM purchase
    WHERE customer IN (SELECT id FROM customer WHERE region IN (1, 3, 5));
RESET enable_mergejoin;
SET enable_hashjoin = off;
SELECT c.region, count(*), sum(p.amount), min(p.placed), max(c.name)
    FROM customer c JOIN purchase p ON p.customer = c.id GROUP BY c.region ORDER BY c.region;
SELECT count(*), count(c.id), count(p.id), sum(p.amount)
    FROM customer c FULL JOIN purchase p ON p.customer = c.id;
SELECT c.region, sum(i.quantity * i.price), count(DISTINCT p.id)
    FROM item i JOIN purchase p ON p.id = i.purchase LEFT JOIN customer c ON c.id = p.customer
    GROUP BY c.region ORDER BY c.region;
RESET enable_nestloop;
SET enable_mergejoin = off;
SELECT c.region, count(*), sum(p.amount), min(p.placed), max(c.name)
    FROM customer c JOIN purchase p ON p.customer = c.id GROUP BY c.region ORDER BY c.region;
SELECT c.region, sum(i.quantity * i.price), count(DISTINCT p.id)
    FROM item i JOIN purchase p ON p.id = i.purchase LEFT JOIN customer c ON c.id = p.customer
    GROUP BY c.region ORDER BY c.region;
SELECT c.id, l.total FROM customer c CROSS JOIN LATERAL
    (SELECT sum(amount) AS total FROM purchase p WHERE p.customer = c.id AND p.amount > c.region) l
    WHERE c.id % 50 = 1 ORDER BY c.id;
RESET ALL;
WITH RECURSIVE walk (id, depth) AS (
    SELECT 1, 0 UNION SELECT (w.id * 7919) % 620, w.depth + 1 FROM walk w
        JOIN purchase p ON p.id = w.id + 1 WHERE w.depth < 60)
    SELECT count(*), sum(id), max(depth) FROM walk;
