-- pg_freespacemap: how much room each block has.
CREATE EXTENSION pg_freespacemap;
CREATE TABLE room (id int, v text) WITH (autovacuum_enabled = off);
INSERT INTO room SELECT g, repeat('y', 100) FROM generate_series(1, 500) g;
DELETE FROM room WHERE id % 5 = 0;
VACUUM room;
SELECT * FROM pg_freespace('room') ORDER BY blkno;
SELECT pg_freespace('room', 0);
SELECT pg_freespace('room', 1000);
SELECT pg_freespace('room', -1);
DROP EXTENSION pg_freespacemap;
