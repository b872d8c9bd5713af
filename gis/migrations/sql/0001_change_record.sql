-- One statement of work is one statement of record, however many rows it touches: the triggers are
-- per statement and read the transition tables. SECURITY DEFINER lets the application's role cause
-- entries that it could neither write nor alter itself. The first argument names the key column.
CREATE FUNCTION record_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    -- Derived or secret columns tell a reader nothing.
    left_out constant text[] := '{location_3857,area_3857,token_hash}';
    touched integer;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO change_record (table_name, row_key, action, actor, role, recorded_at, after)
        SELECT TG_TABLE_NAME, to_jsonb(n) ->> TG_ARGV[0], 'insert', hq_actor(), hq_role(), hq_now(),
               to_jsonb(n) - left_out
        FROM new_rows n;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO change_record (table_name, row_key, action, actor, role, recorded_at, before, after)
        SELECT TG_TABLE_NAME, o.j ->> TG_ARGV[0], 'update', hq_actor(), hq_role(), hq_now(),
               o.j - left_out, n.j - left_out
        FROM (SELECT to_jsonb(r) AS j FROM old_rows r) o
        JOIN (SELECT to_jsonb(r) AS j FROM new_rows r) n ON o.j ->> TG_ARGV[0] = n.j ->> TG_ARGV[0]
        WHERE o.j <> n.j;
    ELSE
        INSERT INTO change_record (table_name, row_key, action, actor, role, recorded_at, before)
        SELECT TG_TABLE_NAME, to_jsonb(o) ->> TG_ARGV[0], 'delete', hq_actor(), hq_role(), hq_now(),
               to_jsonb(o) - left_out
        FROM old_rows o;
    END IF;
    GET DIAGNOSTICS touched = ROW_COUNT;
    -- Listeners learn which table changed when the transaction commits; equal notices of one
    -- transaction are delivered once.
    IF touched > 0 THEN
        PERFORM pg_notify('hq_change', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;

-- Only the owner may hang it on a table: whoever could, would forge entries through a table of theirs.
REVOKE EXECUTE ON FUNCTION record_change FROM PUBLIC;
