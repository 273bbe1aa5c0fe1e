-- pageinspect: what lies in a relation's blocks.
CREATE EXTENSION pageinspect;
CREATE TABLE t (id int, v text) WITH (autovacuum_enabled = off);
INSERT INTO t SELECT g, repeat('x', 10) FROM generate_series(1, 50) g;
CREATE INDEX t_id ON t (id);
SELECT length(get_raw_page('t', 0)), pagesize, version, upper > lower AS ordered FROM page_header(get_raw_page('t', 0));
SELECT lp, lp_off, lp_flags, lp_len, t_ctid, t_infomask2, t_hoff, t_data FROM heap_page_items(get_raw_page('t', 0)) LIMIT 3;
SELECT raw_flags, combined_flags FROM heap_page_items(get_raw_page('t', 0)), LATERAL heap_tuple_infomask_flags(t_infomask, t_infomask2) WHERE lp = 1;
SELECT lp, t_attrs FROM heap_page_item_attrs(get_raw_page('t', 0), 't'::regclass) LIMIT 2;
SELECT magic, version, root, level, fastroot, allequalimage FROM bt_metap('t_id');
SELECT blkno, type, live_items, dead_items, page_size, btpo_level FROM bt_page_stats('t_id', 1);
SELECT itemoffset, ctid, itemlen, nulls, vars, data FROM bt_page_items('t_id', 1) LIMIT 3;
SELECT get_raw_page('t', 77);
SELECT * FROM bt_page_items('t_id', 0);
SELECT * FROM heap_page_items('\x00');
-- @normalise path
SELECT fsm_page_contents(get_raw_page('t', 'fsm', 0)) IS NOT NULL;
CREATE INDEX t_brin ON t USING brin (id);
SELECT * FROM brin_page_type(get_raw_page('t_brin', 0));
SELECT magic, version, pagesperrange FROM brin_metapage_info(get_raw_page('t_brin', 0));
SELECT itemoffset, blknum, attnum, allnulls, value FROM brin_page_items(get_raw_page('t_brin', 2), 't_brin');
CREATE INDEX t_hash ON t USING hash (id);
SELECT hash_page_type(get_raw_page('t_hash', 0)), hash_page_type(get_raw_page('t_hash', 1));
DROP EXTENSION pageinspect;
