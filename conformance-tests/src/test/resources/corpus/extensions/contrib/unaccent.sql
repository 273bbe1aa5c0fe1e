-- unaccent: letters without their accents.
CREATE EXTENSION unaccent;
SELECT unaccent('Hôtel de la Forêt'), unaccent('unaccent', 'ÄÖÜ äöü ß'), unaccent('Ελλάδα Ёлка ﬁne ½ №'), unaccent('');
SELECT ts_lexize('unaccent', 'Hôtel'), ts_lexize('unaccent', 'Hotel');
SELECT unaccent('nosuch', 'x');
CREATE TEXT SEARCH CONFIGURATION fr (COPY = french);
ALTER TEXT SEARCH CONFIGURATION fr ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
SELECT to_tsvector('fr', 'Hôtels de la Mer'), to_tsvector('fr', 'Hôtel de la Mer') @@ to_tsquery('fr', 'Hotels'), ts_headline('fr', 'Hôtel de la Mer', to_tsquery('fr', 'Hotels'));
ALTER TEXT SEARCH DICTIONARY unaccent (RULES = 'nosuch');
ALTER TEXT SEARCH DICTIONARY unaccent (WRONG = 'x');
DROP EXTENSION unaccent CASCADE;
