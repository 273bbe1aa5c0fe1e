-- dict_xsyn: a text search dictionary of synonyms.
CREATE EXTENSION dict_xsyn;
ALTER TEXT SEARCH DICTIONARY xsyn (RULES = 'xsyn_sample', KEEPORIG = true, MATCHORIG = true, KEEPSYNONYMS = true, MATCHSYNONYMS = false);
SELECT ts_lexize('xsyn', 'supernova'), ts_lexize('xsyn', 'sn'), ts_lexize('xsyn', 'grb');
ALTER TEXT SEARCH DICTIONARY xsyn (KEEPORIG = false, MATCHSYNONYMS = true);
SELECT ts_lexize('xsyn', 'supernova'), ts_lexize('xsyn', 'sn');
ALTER TEXT SEARCH DICTIONARY xsyn (RULES = 'nosuchfile');
ALTER TEXT SEARCH DICTIONARY xsyn (NOSUCH = 1);
DROP EXTENSION dict_xsyn;
