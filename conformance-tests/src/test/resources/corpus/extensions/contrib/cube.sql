-- cube: points and boxes of many dimensions.
CREATE EXTENSION cube;
SELECT '1'::cube, '(1,2)'::cube, '(1,2),(3,4)'::cube, '[(3,4),(1,2)]'::cube, cube(5), cube(1, 2), cube(ARRAY[1, 2], ARRAY[3, 4]), cube(cube(1, 2), 9), cube(cube(1), 2, 3);
SELECT '(1,2'::cube;
SELECT '(1,2),(3)'::cube;
SELECT 'abc'::cube;
SELECT cube_dim('(1,2,3)'), cube_ll_coord('(1,2),(3,4)', 2), cube_ur_coord('(1,2),(3,4)', 2), cube_is_point('(1,2)'), cube_distance('(0,0)', '(3,4)'), cube_subset('(1,3,5)', ARRAY[3, 2, 1, 1]), cube_union('(1,2)', '(3,4)'), cube_inter('(0,0),(5,5)', '(2,2),(9,9)'), cube_enlarge('(1,2),(3,4)', 0.5, 3), cube_size('(0,0),(2,3)');
SELECT '(0,0),(2,2)'::cube && '(1,1),(3,3)', '(0,0),(2,2)'::cube @> '(1,1)', '(1,1)'::cube <@ '(0,0),(2,2)', '(1,2)'::cube = '(1,2)', '(1,2)'::cube < '(1,3)';
SELECT '(1,2),(3,4)'::cube -> 3, '(1,2),(3,4)'::cube ~> 2, '(0,0)'::cube <-> '(3,4)', '(0,0)'::cube <#> '(3,4)', '(0,0)'::cube <=> '(3,4)';
CREATE TABLE boxes (c cube);
INSERT INTO boxes SELECT cube(ARRAY[g % 40, g % 23]::float8[], ARRAY[g % 40 + 3, g % 23 + 1]::float8[]) FROM generate_series(1, 800) g;
CREATE INDEX ON boxes USING gist (c);
SET enable_seqscan = off;
SELECT count(*) FROM boxes WHERE c && '(10,10),(12,12)';
SELECT c, c <-> '(100,100)' AS d FROM boxes ORDER BY c <-> '(100,100)', c LIMIT 3;
SELECT c FROM boxes ORDER BY c ~> 1, c LIMIT 2;
SELECT '(1,2,3)'::cube -> 9;
DROP EXTENSION cube CASCADE;
