-- citext: text that compares without regard to case.
CREATE EXTENSION citext;
CREATE TABLE users (nick citext PRIMARY KEY, pass text NOT NULL);
INSERT INTO users VALUES ('larry', 'x'), ('Tom', 'y'), ('DAMIAN', 'z');
SELECT * FROM users WHERE nick = 'LARRY';
INSERT INTO users VALUES ('TOM', 'w');
SELECT nick FROM users ORDER BY nick;
SELECT 'a'::citext = 'A', 'a'::citext < 'B', 'a'::citext <> 'A', 'abc'::citext LIKE 'A%', 'abc'::citext ~ '^AB', 'abc'::citext NOT ILIKE 'X%', 'abc'::citext !~~ 'AB';
SELECT 'a'::citext = 'A'::text, 'a'::citext = 'A'::varchar, pg_typeof('a'::citext || 'b');
SELECT citext_cmp('a', 'B'), citext_hash('Ab') = citext_hash('aB'), citext_larger('a', 'B'), citext_smaller('a', 'B'), max(nick), min(nick) FROM users;
SELECT regexp_match('Foobar'::citext, 'BAR'::citext), regexp_replace('Thomas'::citext, '[MN]A[MNS]', 'M'), regexp_split_to_array('aXbxc'::citext, 'x'), replace('abcAbc'::citext, 'BC', '-'), split_part('aTb'::citext, 't', 2), strpos('high'::citext, 'GH'), translate('abcabc'::citext, 'AB', 'ax');
SELECT DISTINCT lower(n::text) FROM (VALUES ('a'::citext), ('A'), ('b')) v(n) ORDER BY 1;
SELECT n, count(*) FROM (VALUES ('ä'::citext), ('Ä'), ('b')) v(n) GROUP BY n ORDER BY n;
SELECT true::citext, 'ab'::citext::"char", '127.0.0.1'::inet::citext, name 'X'::citext;
CREATE INDEX ON users USING hash (nick);
DROP EXTENSION citext;
DROP EXTENSION citext CASCADE;
SELECT * FROM users;
