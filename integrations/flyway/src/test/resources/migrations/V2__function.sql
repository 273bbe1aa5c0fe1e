CREATE FUNCTION greeting(who text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  RETURN 'Hello, ' || who || '; all of you';
END
$$;
