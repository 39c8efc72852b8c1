-- "key" makes the same id from the same words, in every run. Once per session.
CREATE FUNCTION pg_temp.key(kind text, number bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$ SELECT md5(kind || ':' || number)::uuid $$;
