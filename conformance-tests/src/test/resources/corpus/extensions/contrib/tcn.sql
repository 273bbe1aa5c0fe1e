-- tcn: a trigger that notifies of changed rows.
CREATE EXTENSION tcn;
CREATE TABLE tcndata (a int NOT NULL, b date NOT NULL, c text, PRIMARY KEY (a, b));
CREATE TRIGGER tcndata_tcn AFTER INSERT OR UPDATE OR DELETE ON tcndata FOR EACH ROW EXECUTE FUNCTION triggered_change_notification();
LISTEN tcn;
INSERT INTO tcndata VALUES (1, '2012-12-22', 'one'), (1, '2012-12-23', 'another');
UPDATE tcndata SET c = 'uno' WHERE a = 1 AND b = '2012-12-22';
DELETE FROM tcndata WHERE b = '2012-12-22';
CREATE TRIGGER bad BEFORE INSERT ON tcndata FOR EACH ROW EXECUTE FUNCTION triggered_change_notification('x');
INSERT INTO tcndata VALUES (2, '2012-12-22', 'two');
DROP EXTENSION tcn CASCADE;
