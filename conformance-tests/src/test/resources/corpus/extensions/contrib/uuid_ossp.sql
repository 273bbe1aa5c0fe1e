-- uuid-ossp: UUIDs of all kinds.
CREATE EXTENSION "uuid-ossp";
SELECT uuid_nil(), uuid_ns_dns(), uuid_ns_url(), uuid_ns_oid(), uuid_ns_x500();
SELECT uuid_generate_v3(uuid_ns_url(), 'http://example.org'), uuid_generate_v5(uuid_ns_dns(), 'example.org'), uuid_generate_v5(uuid_nil(), 'ä');
SELECT substr(uuid_generate_v4()::text, 15, 1), substr(uuid_generate_v1()::text, 15, 1), substr(uuid_generate_v1mc()::text, 15, 1), uuid_generate_v4() <> uuid_generate_v4(), uuid_generate_v1() <> uuid_generate_v1();
SELECT count(DISTINCT uuid_generate_v1()), count(DISTINCT uuid_generate_v4()) FROM generate_series(1, 200);
SELECT uuid_extract_version(uuid_generate_v4()), uuid_extract_timestamp(uuid_generate_v1()) > '2020-01-01';
DROP EXTENSION "uuid-ossp";
