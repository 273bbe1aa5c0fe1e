-- passwordcheck: refuses passwords that are easily guessed.
LOAD 'passwordcheck';
CREATE ROLE contrib_pw PASSWORD 'short';
CREATE ROLE contrib_pw PASSWORD 'alllettershere';
CREATE ROLE contrib_pw PASSWORD 'xcontrib_pw1';
SHOW passwordcheck.min_password_length;
CREATE ROLE contrib_pw PASSWORD 'good enough 7';
ALTER ROLE contrib_pw PASSWORD 'again';
ALTER ROLE contrib_pw PASSWORD NULL;
DROP ROLE contrib_pw;
