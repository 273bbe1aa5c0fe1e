--liquibase formatted sql

--changeset test:1
CREATE TABLE changed (name text);
INSERT INTO changed VALUES ('of Liquibase');
