-- pg_overexplain: more than EXPLAIN says.
LOAD 'pg_overexplain';
CREATE TABLE parts (id int PRIMARY KEY, v text);
-- @normalise oid
EXPLAIN (DEBUG, COSTS off) SELECT v FROM parts WHERE id = 1;
-- @normalise oid
EXPLAIN (RANGE_TABLE, COSTS off) SELECT v FROM parts WHERE id = 1;
-- @normalise oid
EXPLAIN (RANGE_TABLE, DEBUG, COSTS off, FORMAT json) SELECT count(*) FROM parts p JOIN parts q USING (id);
EXPLAIN (NOSUCHOPTION) SELECT 1;
