-- amcheck: B-tree indexes, GIN indexes and heaps looked over for damage.
CREATE EXTENSION amcheck;
CREATE TABLE parcels (id int PRIMARY KEY, label text, tags int[]);
INSERT INTO parcels SELECT g, 'parcel ' || g, ARRAY[g % 7, g % 3] FROM generate_series(1, 2000) g;
CREATE INDEX parcels_label ON parcels (label);
CREATE INDEX parcels_tags ON parcels USING gin (tags);
SELECT bt_index_check('parcels_pkey');
SELECT bt_index_check(index => 'parcels_label', heapallindexed => true, checkunique => true);
SELECT bt_index_parent_check('parcels_label', true, true);
SELECT gin_index_check('parcels_tags');
SELECT * FROM verify_heapam('parcels');
SELECT bt_index_check('parcels');
SELECT bt_index_check('parcels_tags');
SELECT gin_index_check('parcels_pkey');
DROP EXTENSION amcheck;
SELECT bt_index_check('parcels_pkey');
