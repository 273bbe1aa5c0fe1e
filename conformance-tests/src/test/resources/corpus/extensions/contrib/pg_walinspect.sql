-- pg_walinspect: records of the write-ahead log. Background processes of the server write into it too,
-- and so do hint bits: only what the transaction below has written is told apart by its number.
CREATE EXTENSION pg_walinspect;
CREATE TABLE logged (id int);
-- @normalise lsn
SELECT set_config('x.from', pg_current_wal_insert_lsn()::text, false);
BEGIN;
INSERT INTO logged SELECT generate_series(1, 3);
SELECT set_config('x.xid', pg_current_xact_id()::text, false) <> '';
COMMIT;
-- @normalise lsn
SELECT set_config('x.to', pg_current_wal_insert_lsn()::text, false);
SELECT resource_manager, record_type, count(*) FROM pg_get_wal_records_info(current_setting('x.from')::pg_lsn, current_setting('x.to')::pg_lsn) WHERE xid::text = current_setting('x.xid') AND resource_manager IN ('Heap', 'Transaction') GROUP BY 1, 2 ORDER BY 1, 2;
SELECT "resource_manager/record_type", count > 0 FROM pg_get_wal_stats(current_setting('x.from')::pg_lsn, current_setting('x.to')::pg_lsn) WHERE "resource_manager/record_type" IN ('Heap', 'Transaction') ORDER BY 1;
SELECT count(*) > 0 FROM pg_get_wal_block_info(current_setting('x.from')::pg_lsn, current_setting('x.to')::pg_lsn);
SELECT record_type FROM pg_get_wal_record_info((SELECT min(start_lsn) FROM pg_get_wal_records_info(current_setting('x.from')::pg_lsn, current_setting('x.to')::pg_lsn) WHERE xid::text = current_setting('x.xid') AND resource_manager = 'Heap'));
-- @normalise lsn
SELECT * FROM pg_get_wal_records_info('FFFFFFFF/0', 'FFFFFFFF/1');
SELECT * FROM pg_get_wal_records_info('0/2', '0/1');
DROP EXTENSION pg_walinspect;
