-- earthdistance: great circles, on cubes and on points.
-- @normalise-file libm
CREATE EXTENSION earthdistance;
CREATE EXTENSION earthdistance CASCADE;
SELECT earth(), sec_to_gc(10000), gc_to_sec(10000);
SELECT latitude(ll_to_earth(48.2, 16.37)), longitude(ll_to_earth(48.2, 16.37));
SELECT round(earth_distance(ll_to_earth(48.2, 16.37), ll_to_earth(52.52, 13.4))::numeric, 3);
SELECT round((point(16.37, 48.2) <@> point(13.4, 52.52))::numeric, 6);
SELECT earth_box(ll_to_earth(0, 0), 1000) @> ll_to_earth(0, 0.005), earth_box(ll_to_earth(0, 0), 1000) @> ll_to_earth(0, 0.05);
CREATE TABLE places (name text, lat float8, lon float8);
INSERT INTO places VALUES ('Vienna', 48.2, 16.37), ('Graz', 47.07, 15.44), ('Berlin', 52.52, 13.4), ('Lima', -12.05, -77.04);
CREATE INDEX ON places USING gist (ll_to_earth(lat, lon));
SELECT name FROM places WHERE earth_box(ll_to_earth(48, 16), 200000) @> ll_to_earth(lat, lon) ORDER BY 1;
SELECT name, round(earth_distance(ll_to_earth(lat, lon), ll_to_earth(48.2, 16.37))) FROM places ORDER BY 2;
SELECT '(1,2)'::cube::earth;
DROP EXTENSION earthdistance CASCADE;
DROP EXTENSION cube;
