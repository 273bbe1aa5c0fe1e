-- what a user and pg_dump write; see InitTest
\restrict token
/* a comment; /* in a comment; */ */
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.init_item (id int, name text);
INSERT INTO public.init_item VALUES (1, 'a;b');
COPY public.init_item (id, name) FROM stdin;
2	tab\there
\.

CREATE FUNCTION public.init_double(i int) RETURNS int LANGUAGE plpgsql AS $body$
BEGIN
    RETURN i * 2; -- not the end
END;
$body$;
CREATE FUNCTION public.init_atomic(i int) RETURNS int
BEGIN ATOMIC
    SELECT CASE WHEN i > 0 THEN i + 1 ELSE 0 END;
END;
\unrestrict token
