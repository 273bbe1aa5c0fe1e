-- seg: measured values with their error.
CREATE EXTENSION seg;
SELECT '5'::seg, '5.0'::seg, '~5.0'::seg, '<5'::seg, '5(+-)0.3'::seg, '1 .. 2'::seg, '1..'::seg, '..2'::seg, '0.30 .. 0.400'::seg, '1.5e3'::seg;
SELECT '2 .. 1'::seg;
SELECT 'abc'::seg;
SELECT '1 .. 3'::seg && '2 .. 5', '1 .. 3'::seg << '4', '4'::seg >> '1 .. 3', '1 .. 3'::seg &< '2 .. 4', '1 .. 3'::seg @> '2', '2'::seg <@ '1 .. 3', '1 .. 3'::seg = '1 .. 3', '1'::seg < '2', '1 .. 3'::seg <> '1 .. 4';
SELECT seg_center('1 .. 4'), seg_upper('1 .. 4'), seg_lower('1 .. 4'), seg_size('1 .. 4'), seg_union('1', '4'), seg_inter('1 .. 3', '2 .. 5'), seg_cmp('1', '2');
CREATE TABLE measured (s seg);
INSERT INTO measured SELECT (g || ' .. ' || g + 2)::seg FROM generate_series(1, 300) g;
CREATE INDEX ON measured USING gist (s);
SET enable_seqscan = off;
SELECT s FROM measured WHERE s @> '50.5 .. 51' ORDER BY s;
SELECT count(*) FROM measured WHERE s && '100 .. 110';
CREATE INDEX ON measured (s);
DROP EXTENSION seg CASCADE;
