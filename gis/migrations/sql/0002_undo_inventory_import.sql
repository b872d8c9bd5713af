-- Takes the last import back: what it added goes, what it changed becomes what it was. The
-- application's role may delete nothing by itself; through this it can, and only this.
CREATE FUNCTION undo_inventory_import(of_import uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM inventory_import i
    WHERE i.id = of_import AND i.undone_at IS NULL
      AND NOT EXISTS (SELECT FROM inventory_import later
                      WHERE later.undone_at IS NULL AND later.number > i.number)
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE check_violation USING MESSAGE = 'not the last import', CONSTRAINT = 'inventory_import_last';
    END IF;

    CREATE TEMP TABLE undoing ON COMMIT DROP AS
    SELECT id, table_name, row_key, action, before FROM change_record
    WHERE import_id = of_import AND table_name IN ('shelter', 'designation', 'facility_link');
    ANALYZE undoing;

    -- What a later import did, and its undoing undid, is no change.
    IF EXISTS (
        SELECT FROM change_record later JOIN undoing u USING (table_name, row_key)
        WHERE later.id > u.id AND later.import_id IS DISTINCT FROM of_import
          AND NOT EXISTS (SELECT FROM inventory_import i
                          WHERE i.id = later.import_id AND i.undone_at IS NOT NULL)
    ) THEN
        RAISE check_violation USING MESSAGE = 'changed since', CONSTRAINT = 'inventory_import_untouched';
    END IF;
    IF EXISTS (
        SELECT FROM undoing u
        WHERE u.table_name = 'shelter' AND u.action = 'insert' AND (
            EXISTS (SELECT FROM opening o WHERE o.shelter_id = u.row_key::uuid)
            OR EXISTS (SELECT FROM stock s WHERE s.shelter_id = u.row_key::uuid)
            OR EXISTS (SELECT FROM shelter s WHERE s.joined_to_id = u.row_key::uuid)
        )
    ) THEN
        RAISE check_violation USING MESSAGE = 'in use', CONSTRAINT = 'inventory_import_unused';
    END IF;

    -- Its own entries are the import's, too.
    PERFORM set_config('hq.import', of_import::text, true);
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
    PERFORM set_config('hq.import', '', true);
    DROP TABLE undoing;
END $$;
REVOKE EXECUTE ON FUNCTION undo_inventory_import FROM PUBLIC;
GRANT EXECUTE ON FUNCTION undo_inventory_import TO hq_app;
