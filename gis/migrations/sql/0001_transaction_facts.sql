-- Who acts and what time it is are facts of the transaction, set by gis/store.py. Without them
-- nothing can be written: an anonymous or undated change must not exist.
CREATE FUNCTION hq_fact(name text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    fact text := nullif(current_setting('hq.' || name, true), '');
BEGIN
    IF fact IS NULL THEN
        RAISE EXCEPTION 'hq.% is not set: write through gis.store', name;
    END IF;
    RETURN fact;
END $$;

CREATE FUNCTION hq_actor() RETURNS text LANGUAGE sql STABLE RETURN hq_fact('actor');
CREATE FUNCTION hq_role() RETURNS text LANGUAGE sql STABLE RETURN hq_fact('role');
CREATE FUNCTION hq_now() RETURNS timestamptz LANGUAGE sql STABLE RETURN hq_fact('now')::timestamptz;
