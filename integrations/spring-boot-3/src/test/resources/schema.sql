CREATE TABLE item (name text); INSERT INTO item VALUES ('of schema.sql');
