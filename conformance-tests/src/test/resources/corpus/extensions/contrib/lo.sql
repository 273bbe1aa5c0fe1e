-- lo: large objects that go when their reference goes.
CREATE EXTENSION lo;
CREATE TABLE image (title text, raster lo);
CREATE TRIGGER t_raster BEFORE UPDATE OR DELETE ON image FOR EACH ROW EXECUTE FUNCTION lo_manage(raster);
INSERT INTO image VALUES ('one', lo_from_bytea(99001, '\x0102')), ('two', lo_from_bytea(99002, '\x03'));
SELECT title, raster, lo_oid(raster), lo_get(raster::oid) FROM image ORDER BY title;
SELECT count(*) FROM pg_largeobject_metadata WHERE oid IN (99001, 99002);
UPDATE image SET raster = lo_from_bytea(99003, '\x04') WHERE title = 'one';
DELETE FROM image WHERE title = 'two';
SELECT oid FROM pg_largeobject_metadata WHERE oid IN (99001, 99002, 99003);
SELECT lo_unlink(99003);
DROP EXTENSION lo CASCADE;
