-- pgcrypto: digests, passwords, ciphers and OpenPGP.
CREATE EXTENSION pgcrypto;
SELECT digest('abc', 'md5'), digest('abc', 'sha1'), digest('abc', 'sha224'), digest('abc', 'sha256'), digest('abc', 'sha384'), digest('abc', 'sha512'), digest('\x00ff'::bytea, 'sha256');
SELECT digest('abc', 'nosuch');
SELECT hmac('data', 'key', 'sha256'), hmac('data', 'key', 'md5'), hmac(repeat('x', 200), repeat('k', 200), 'sha512');
SELECT crypt('password', '$2a$06$abcdefghijklmnopqrstuu'), crypt('password', '$1$abcdefgh'), crypt('password', 'ab'), crypt('password', '_J9..rasm');
SELECT crypt('password', '$5$rounds=1000$saltsalt'), crypt('password', '$6$rounds=1000$saltsalt');
SELECT crypt('password', '$9$nonsense');
SELECT length(gen_salt('bf')), substr(gen_salt('bf', 8), 1, 7), length(gen_salt('md5')), length(gen_salt('des')), length(gen_salt('xdes', 5)), substr(gen_salt('sha256crypt', 5000), 1, 3);
SELECT gen_salt('nosuch');
SELECT gen_salt('bf', 99);
SELECT crypt('secret', s) = crypt('secret', crypt('secret', s)) FROM gen_salt('bf', 4) s;
SELECT encrypt('attack at dawn', 'key0123456789abc', 'aes'), encrypt('x', 'k', 'bf'), encrypt('attack at dawn', 'key0123456789abc', 'aes-cbc/pad:pkcs'), encrypt_iv('attack at dawn!!', 'key0123456789abc', 'iv0123456789abcd', 'aes-cbc/pad:none'), encrypt('x', 'key0123456789abc', '3des');
SELECT convert_from(decrypt(encrypt('attack at dawn', 'key0123456789abc', 'aes'), 'key0123456789abc', 'aes'), 'UTF8'), encode(decrypt_iv(encrypt_iv('abc', '0123456789abcdef', '0123456789abcdef', 'aes'), '0123456789abcdef', '0123456789abcdef', 'aes'), 'escape');
SELECT encrypt('x', 'k', 'nosuch');
SELECT decrypt('\x00', 'k', 'aes');
SELECT encrypt('odd', 'key0123456789abc', 'aes/pad:none');
SELECT pgp_sym_decrypt(pgp_sym_encrypt('message', 'pw'), 'pw'), pgp_sym_decrypt(pgp_sym_encrypt('message', 'pw', 'cipher-algo=aes256, compress-algo=1, s2k-mode=3'), 'pw'), pgp_sym_decrypt_bytea(pgp_sym_encrypt_bytea('\x0102', 'pw'), 'pw');
SELECT pgp_sym_decrypt(pgp_sym_encrypt('message', 'pw'), 'wrong');
SELECT pgp_sym_encrypt('x', 'y', 'nosuch=1');
SELECT pgp_sym_decrypt(dearmor('-----BEGIN PGP MESSAGE-----

ww0EBwMCv84dGX3BHPlg0jEBmvWrKOhtZTH2ZP3xRjwBIRnNqbPyVfXDLGLBqVbV
-----END PGP MESSAGE-----'), 'x');
SELECT armor('\x010203'), dearmor(armor('\x010203')), armor('\x01', ARRAY['Comment'], ARRAY['a test']);
SELECT * FROM pgp_armor_headers(armor('\x01', ARRAY['Version', 'Comment'], ARRAY['1', 'a test']));
SELECT dearmor('nonsense');
SELECT pgp_key_id('\x00');
SELECT length(gen_random_bytes(16)), gen_random_bytes(16) <> gen_random_bytes(16), gen_random_uuid() <> gen_random_uuid();
SELECT gen_random_bytes(2000);
SELECT fips_mode();
DROP EXTENSION pgcrypto;
