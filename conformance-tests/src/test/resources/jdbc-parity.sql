-- What the probes of JDBC calls find in their database; run as one text.
CREATE SCHEMA jp;
CREATE TYPE jp.colour AS ENUM ('red', 'green');
CREATE TYPE jp.pair AS (a int, b text);
CREATE DOMAIN jp.small AS int CHECK (VALUE < 1000);
CREATE TABLE jp.customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name varchar(40) NOT NULL, born date, score numeric(7,2) DEFAULT 0, UNIQUE (name, born));
CREATE TABLE jp.orders (id serial PRIMARY KEY, customer_id int NOT NULL
  REFERENCES jp.customers ON DELETE CASCADE DEFERRABLE, placed timestamptz, note text,
  amount numeric(10,3), tags text[], doc jsonb, twice numeric GENERATED ALWAYS AS (amount * 2) STORED);
CREATE INDEX orders_note ON jp.orders (note, placed DESC);
CREATE INDEX orders_lower ON jp.orders (lower(note)) WHERE amount > 0;
CREATE TABLE jp.everything (i2 smallint, i4 int, i8 bigint, f4 real, f8 double precision, n numeric,
  np numeric(5,1), b bool, t text, vc varchar(9), c char(5), bp bpchar, by bytea, d date, ti time(3),
  tz timetz, ts timestamp(0), tsz timestamptz, iv interval, u uuid, j json, jb jsonb, x xml, ia int[],
  ta text[][], p point, r int4range, ip inet, m money, bits bit(3), vb bit varying(7), col jp.colour,
  pa jp.pair, sm jp.small, o oid, "Quoted Col" int);
CREATE TABLE jp.parted (k int, v text) PARTITION BY LIST (k);
CREATE TABLE jp.parted1 PARTITION OF jp.parted FOR VALUES IN (1);
CREATE TABLE jp.xa (id int);
CREATE VIEW jp.order_view AS SELECT o.id, c.name, o.amount FROM jp.orders o
  JOIN jp.customers c ON c.id = o.customer_id;
CREATE MATERIALIZED VIEW jp.order_sums AS SELECT customer_id, sum(amount) FROM jp.orders GROUP BY 1;
CREATE FUNCTION jp.twice(a int) RETURNS int LANGUAGE sql RETURN a * 2;
CREATE FUNCTION jp.fails(a int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no %'', a; END';
CREATE FUNCTION jp.day(a int) RETURNS date LANGUAGE sql RETURN date '2024-01-01' + a;
CREATE FUNCTION jp.list(a int) RETURNS int[] LANGUAGE sql RETURN array[a, a + 1];
CREATE FUNCTION jp.outs(a int, OUT b int, OUT c text) LANGUAGE sql AS 'SELECT a * 2, ''x'' || a';
CREATE FUNCTION jp.cur() RETURNS refcursor LANGUAGE plpgsql AS
  'DECLARE c refcursor; BEGIN OPEN c FOR SELECT 1 AS one, ''two'' AS two; RETURN c; END';
CREATE PROCEDURE jp.proc(a int, INOUT b int) LANGUAGE plpgsql AS 'BEGIN b := a * b; END';
INSERT INTO jp.customers (name, born) VALUES ('Ann', '1990-05-05'), ('Bob', null);
INSERT INTO jp.orders (customer_id, placed, note, amount, tags, doc) VALUES
  (1, '2024-02-29 10:00Z', 'first', 10.5, '{a,b}', '{"k": 1}'), (2, null, null, 0.001, null, null);
GRANT SELECT ON jp.orders TO PUBLIC;
COMMENT ON TABLE jp.orders IS 'what was bought';
COMMENT ON COLUMN jp.orders.note IS 'free text';
