-- pg_logicalinspect: serialized snapshots of logical decoding, of which there are none here.
CREATE EXTENSION pg_logicalinspect;
SELECT proname, prorettype::regtype, proretset FROM pg_proc WHERE proname LIKE 'pg_get_logical_snapshot%' ORDER BY 1;
SELECT * FROM pg_get_logical_snapshot_meta('0-40796E18.snap');
SELECT * FROM pg_get_logical_snapshot_info('nonsense');
DROP EXTENSION pg_logicalinspect;
