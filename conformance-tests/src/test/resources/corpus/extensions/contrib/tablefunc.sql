-- tablefunc: cross tables, trees and normally distributed numbers.
CREATE EXTENSION tablefunc;
CREATE TABLE ct (id int, rowid text, attribute text, value text);
INSERT INTO ct VALUES (1, 'test1', 'att1', 'val1'), (2, 'test1', 'att2', 'val2'), (3, 'test1', 'att3', 'val3'), (4, 'test2', 'att1', 'val5'), (5, 'test2', 'att3', 'val7');
SELECT * FROM crosstab('SELECT rowid, attribute, value FROM ct ORDER BY 1, 2') AS ct(row_name text, c1 text, c2 text, c3 text);
SELECT * FROM crosstab3('SELECT rowid, attribute, value FROM ct ORDER BY 1, 2');
SELECT * FROM crosstab('SELECT rowid, attribute, value FROM ct ORDER BY 1', 'SELECT DISTINCT attribute FROM ct ORDER BY 1') AS ct(row_name text, att1 text, att2 text, att3 text);
SELECT * FROM crosstab('SELECT 1') AS ct(a text, b text);
CREATE TABLE tree (keyid text, parent text, pos int);
INSERT INTO tree VALUES ('row1', NULL, 0), ('row2', 'row1', 0), ('row3', 'row1', 0), ('row4', 'row2', 1), ('row5', 'row2', 0), ('row9', 'row5', 0);
SELECT * FROM connectby('tree', 'keyid', 'parent', 'row2', 0, '~') AS t(keyid text, parent text, level int, branch text) ORDER BY branch;
SELECT * FROM connectby('tree', 'keyid', 'parent', 'pos', 'row2', 1) AS t(keyid text, parent text, level int, pos int);
INSERT INTO tree VALUES ('row1', 'row9', 0);
SELECT * FROM connectby('tree', 'keyid', 'parent', 'row1', 0, '~') AS t(keyid text, parent text, level int, branch text);
SELECT count(*), min(n), max(n) FROM normal_rand(100, 5, 0) n;
SELECT * FROM normal_rand(-1, 0, 1);
DROP EXTENSION tablefunc;
