-- Changes with triggers and constraints, PL/pgSQL loops, sub-transactions, plans and partitions.
CREATE TABLE stock (id int PRIMARY KEY, amount int CHECK (amount >= -100000), note text, changed int DEFAULT 0);
CREATE TABLE movement (id serial, stock int REFERENCES stock ON DELETE CASCADE, delta int, at int)
    PARTITION BY RANGE (stock);
CREATE TABLE movement_low PARTITION OF movement FOR VALUES FROM (0) TO (150);
CREATE TABLE movement_high PARTITION OF movement FOR VALUES FROM (150) TO (1000);
CREATE INDEX ON movement (stock, at);
CREATE FUNCTION book() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE stock SET amount = amount + NEW.delta, changed = changed + 1 WHERE id = NEW.stock;
    RETURN NEW;
END $$;
CREATE TRIGGER book AFTER INSERT ON movement FOR EACH ROW EXECUTE FUNCTION book();
INSERT INTO stock SELECT i, i * 3, repeat('n' || i, i % 40) FROM generate_series(0, 299) i;
INSERT INTO movement (stock, delta, at) SELECT i * 7919 % 300, i % 21 - 10, i
    FROM generate_series(1, 3000) i;
SELECT sum(amount), sum(changed), md5(string_agg(amount::text, ',' ORDER BY id)) FROM stock;
UPDATE stock s SET amount = s.amount + m.total, note = note || m.total
    FROM (SELECT stock, sum(delta) AS total FROM movement GROUP BY stock) m WHERE m.stock = s.id;
MERGE INTO stock s USING (SELECT stock % 400 AS id, count(*) AS n FROM movement GROUP BY 1
    UNION ALL SELECT 300 + i, i FROM generate_series(1, 40) i) m ON s.id = m.id
    WHEN MATCHED AND m.n % 2 = 0 THEN UPDATE SET note = 'even ' || m.n
    WHEN NOT MATCHED THEN INSERT (id, amount) VALUES (m.id, m.n);
DELETE FROM stock WHERE id % 17 = 5;
INSERT INTO stock SELECT i, -i, 'again' FROM generate_series(0, 299) i
    ON CONFLICT (id) DO UPDATE SET amount = stock.amount + excluded.amount;
SELECT sum(amount), sum(length(note)), count(*), md5(string_agg(s::text, ',' ORDER BY id)) FROM stock s;
SELECT tableoid::regclass, count(*), sum(delta) FROM movement GROUP BY 1 ORDER BY 1;
CREATE FUNCTION sieve(top int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE composite boolean[] := array_fill(false, array[top]); total bigint := 0; j int;
BEGIN
    FOR i IN 2..top LOOP
        IF NOT composite[i] THEN
            total := total + i;
            j := i * 2;
            WHILE j <= top LOOP composite[j] := true; j := j + i; END LOOP;
        END IF;
    END LOOP;
    RETURN total;
END $$;
SELECT sieve(2000);
CREATE FUNCTION attempts(n int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE bad int := 0; states text := '';
BEGIN
    FOR i IN 1..n LOOP
        BEGIN
            IF i % 3 = 0 THEN PERFORM 1 / (i % 3); END IF;
            IF i % 5 = 0 THEN INSERT INTO stock VALUES (1, 1, 'twice'); END IF;
            IF i % 7 = 0 THEN PERFORM ('x' || i)::int; END IF;
        EXCEPTION
            WHEN division_by_zero OR unique_violation THEN bad := bad + 1;
            WHEN OTHERS THEN states := states || SQLSTATE || ' ';
        END;
    END LOOP;
    RETURN bad || ' ' || states;
END $$;
SELECT attempts(150);
PREPARE pick (int, int) AS SELECT count(*), sum(delta) FROM movement WHERE stock = $1 AND at > $2;
EXECUTE pick (3, 100);
EXECUTE pick (200, 100);
EXECUTE pick (3, 2000);
EXECUTE pick (4, 0);
EXECUTE pick (5, 0);
EXECUTE pick (6, 0);
EXECUTE pick (250, 0);
DO $$ BEGIN FOR i IN 1..300 LOOP EXECUTE format('UPDATE stock SET note = %L WHERE id = %s', i, i);
    END LOOP; END $$;
VACUUM stock;
SELECT md5(string_agg(s::text, ',' ORDER BY id)) FROM stock s;
SELECT count(*) FROM generate_series(1, 300) i WHERE (SELECT sum(delta) FROM movement WHERE stock = i) > 0;
