-- ${greeted}
CREATE OR REPLACE VIEW greetings AS SELECT greeting(name) AS text FROM person;
