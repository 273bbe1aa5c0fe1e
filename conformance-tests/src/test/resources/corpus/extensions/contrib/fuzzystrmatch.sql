-- fuzzystrmatch: how alike words sound and are spelt.
CREATE EXTENSION fuzzystrmatch;
SELECT soundex('Anne'), soundex('Ann'), soundex('Andrew'), difference('Anne', 'Andrew'), difference('Anne', 'Margaret'), soundex('');
SELECT levenshtein('GUMBO', 'GAMBOL'), levenshtein('GUMBO', 'GAMBOL', 2, 1, 1), levenshtein_less_equal('extensive', 'exhaustive', 2), levenshtein_less_equal('extensive', 'exhaustive', 4), levenshtein('äö', 'ao');
SELECT levenshtein(repeat('x', 300), 'y');
SELECT metaphone('GUMBO', 4), metaphone('Thompson', 10), metaphone('', 3);
SELECT metaphone('x', 0);
SELECT dmetaphone('gumbo'), dmetaphone_alt('gumbo'), dmetaphone('Schmidt'), dmetaphone_alt('Schmidt'), dmetaphone('Czajkowski');
SELECT daitch_mokotoff('George'), daitch_mokotoff('John'), daitch_mokotoff('Bierschbach'), daitch_mokotoff('Schwartzenegger');
SELECT n FROM (VALUES ('George'), ('Gorge'), ('Jorge'), ('Maria')) v(n) WHERE daitch_mokotoff(n) && daitch_mokotoff('George') ORDER BY 1;
DROP EXTENSION fuzzystrmatch;
