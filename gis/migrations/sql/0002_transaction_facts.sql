-- The inventory that a transaction is taking in at the moment, if any.
CREATE FUNCTION hq_import() RETURNS uuid LANGUAGE sql STABLE
RETURN nullif(current_setting('hq.import', true), '')::uuid;
