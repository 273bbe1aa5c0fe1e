-- dict_int: a text search dictionary that shortens numbers.
CREATE EXTENSION dict_int;
SELECT ts_lexize('intdict', '12345678'), ts_lexize('intdict', '-1234567'), ts_lexize('intdict', '12');
ALTER TEXT SEARCH DICTIONARY intdict (MAXLEN = 4, REJECTLONG = true);
SELECT ts_lexize('intdict', '12345'), ts_lexize('intdict', '1234');
CREATE TEXT SEARCH DICTIONARY absint (TEMPLATE = intdict_template, MAXLEN = 3, ABSVAL = true);
SELECT ts_lexize('absint', '-9876'), ts_lexize('absint', '+12');
CREATE TEXT SEARCH DICTIONARY bad (TEMPLATE = intdict_template, MAXLEN = 0);
CREATE TEXT SEARCH DICTIONARY bad (TEMPLATE = intdict_template, NOSUCH = 1);
CREATE TEXT SEARCH CONFIGURATION numbers (COPY = english);
ALTER TEXT SEARCH CONFIGURATION numbers ALTER MAPPING FOR int, uint WITH absint;
SELECT to_tsvector('numbers', 'order 123456 of 99 parts');
DROP EXTENSION dict_int CASCADE;
