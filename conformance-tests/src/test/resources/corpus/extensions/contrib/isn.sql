-- isn: product numbers with their check digits.
CREATE EXTENSION isn;
SELECT isbn('978-0-393-04002-9'), isbn13('0901690546'), issn('1436-4522'), ismn('979-0-2600-0043-8'), ean13('4006381333931'), upc('036000291452');
SELECT isbn('978-0-393-04002-8');
SELECT 'not a number'::isbn;
SELECT isbn('0393040029')::ean13, ean13('978-0-393-04002-9')::isbn, isbn('0393040029') = isbn13('9780393040029');
SELECT isn_weak(), isn_weak(true), isbn('0393040020!'), is_valid(isbn('0393040020!')), make_valid(isbn('0393040020!'));
SELECT isn_weak(false);
CREATE TABLE books (id isbn PRIMARY KEY, title text);
INSERT INTO books VALUES ('9780393040029', 'one'), ('0-901690-54-6', 'two');
SELECT * FROM books ORDER BY id;
SELECT title FROM books WHERE id = '0393040029';
INSERT INTO books VALUES ('978-0-393-04002-9', 'again');
CREATE INDEX ON books USING hash (id);
DROP EXTENSION isn CASCADE;
