-- Takes the last import back: what it added goes, what it changed becomes what it was. The
-- application's role may delete nothing by itself; through this it can, and only this.
CREATE FUNCTION undo_inventory_import(of_import uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    of_transaction xid8;
BEGIN
    SELECT transaction_id INTO of_transaction FROM inventory_import i
    WHERE i.id = of_import AND i.undone_at IS NULL
      AND NOT EXISTS (SELECT FROM inventory_import later
                      WHERE later.undone_at IS NULL AND later.transaction_id > i.transaction_id)
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE check_violation USING MESSAGE = 'not the last import', CONSTRAINT = 'inventory_import_last';
    END IF;

    CREATE TEMP TABLE undoing ON COMMIT DROP AS
    SELECT id, table_name, row_key, action, before FROM change_record
    WHERE transaction_id = of_transaction AND table_name IN ('shelter', 'designation', 'facility_link');

    IF EXISTS (
        SELECT FROM change_record later JOIN undoing u USING (table_name, row_key)
        WHERE later.id > u.id AND later.transaction_id <> of_transaction
    ) THEN
        RAISE check_violation USING MESSAGE = 'changed since', CONSTRAINT = 'inventory_import_untouched';
    END IF;
    IF EXISTS (
        SELECT FROM undoing u JOIN opening o ON o.shelter_id::text = u.row_key
        WHERE u.table_name = 'shelter' AND u.action = 'insert'
    ) OR EXISTS (
        SELECT FROM undoing u JOIN stock s ON s.shelter_id::text = u.row_key
        WHERE u.table_name = 'shelter' AND u.action = 'insert'
    ) THEN
        RAISE check_violation USING MESSAGE = 'in use', CONSTRAINT = 'inventory_import_unused';
    END IF;

    DELETE FROM facility_link l USING undoing u
    WHERE u.table_name = 'facility_link' AND u.action = 'insert' AND l.facility_key = u.row_key;
    DELETE FROM designation d USING undoing u
    WHERE u.table_name = 'designation' AND u.action = 'insert' AND d.id = u.row_key::uuid;
    UPDATE designation d SET common_id = u.before ->> 'common_id' FROM undoing u
    WHERE u.table_name = 'designation' AND u.action = 'update' AND d.id = u.row_key::uuid;
    UPDATE shelter s SET
        name = b.name, name_kana = b.name_kana, address = b.address, phone = b.phone,
        capacity = b.capacity, capacity_is_fictitious = b.capacity_is_fictitious,
        hazards = b.hazards, note = b.note, details = b.details, location = b.location,
        version = s.version + 1
    FROM undoing u, jsonb_populate_record(NULL::shelter, u.before) b
    WHERE u.table_name = 'shelter' AND u.action = 'update' AND s.id = u.row_key::uuid;
    DELETE FROM shelter s USING undoing u
    WHERE u.table_name = 'shelter' AND u.action = 'insert' AND s.id = u.row_key::uuid;

    UPDATE inventory_import SET undone_at = hq_now() WHERE id = of_import;
    DROP TABLE undoing;
END $$;
REVOKE EXECUTE ON FUNCTION undo_inventory_import FROM PUBLIC;
GRANT EXECUTE ON FUNCTION undo_inventory_import TO hq_app;
