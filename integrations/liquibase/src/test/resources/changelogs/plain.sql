--liquibase formatted sql

--changeset test:4 dbms:postgresql splitStatements:false
CREATE FUNCTION greeting(who text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  RETURN 'Hello, ' || who;
END
$$;
--rollback DROP FUNCTION greeting(text);
