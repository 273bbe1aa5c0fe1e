-- pg_walinspect: records of the write-ahead log.
CREATE EXTENSION pg_walinspect;
CREATE TABLE logged (id int);
-- @normalise lsn
SELECT set_config('x.from', pg_current_wal_insert_lsn()::text, false);
INSERT INTO logged SELECT generate_series(1, 3);
-- @normalise lsn
SELECT set_config('x.to', pg_current_wal_insert_lsn()::text, false);
SELECT resource_manager, record_type, count(*) FROM pg_get_wal_records_info(current_setting('x.from')::pg_lsn, current_setting('x.to')::pg_lsn) WHERE resource_manager IN ('Heap', 'Transaction') GROUP BY 1, 2 ORDER BY 1, 2;
SELECT "resource_manager/record_type", count FROM pg_get_wal_stats(current_setting('x.from')::pg_lsn, current_setting('x.to')::pg_lsn) WHERE count > 0 AND "resource_manager/record_type" IN ('Heap', 'Transaction') ORDER BY 1;
SELECT count(*) > 0 FROM pg_get_wal_block_info(current_setting('x.from')::pg_lsn, current_setting('x.to')::pg_lsn);
SELECT record_type FROM pg_get_wal_record_info(current_setting('x.from')::pg_lsn);
-- @normalise lsn
SELECT * FROM pg_get_wal_records_info('FFFFFFFF/0', 'FFFFFFFF/1');
SELECT * FROM pg_get_wal_records_info('0/2', '0/1');
DROP EXTENSION pg_walinspect;
