-- pg_buffercache: what the shared buffers hold.
CREATE EXTENSION pg_buffercache;
CREATE TABLE cached AS SELECT g FROM generate_series(1, 5000) g;
SELECT count(*) > 0 FROM pg_buffercache WHERE relfilenode = pg_relation_filenode('cached') AND relforknumber = 0;
SELECT buffers_used > 0, buffers_unused >= 0, buffers_dirty >= 0, buffers_pinned, usagecount_avg > 0 FROM pg_buffercache_summary();
SELECT count(*), min(usage_count), max(usage_count) FROM pg_buffercache_usage_counts();
SELECT count(*) = (SELECT setting::int FROM pg_settings WHERE name = 'shared_buffers') FROM pg_buffercache;
SELECT * FROM pg_buffercache_evict(-1);
SELECT buffer_evicted IN (true, false) FROM pg_buffercache_evict(1);
SELECT pg_typeof(pg_buffercache_evict_relation('cached'));
DROP EXTENSION pg_buffercache;
