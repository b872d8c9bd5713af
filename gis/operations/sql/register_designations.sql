-- Adds the designations of an inventory to shelters that are in the register already. A designation
-- without its common ID (an emergency site that says it is a shelter, too) erases no ID.
INSERT INTO designation (shelter_id, kind, common_id)
SELECT s.id, g.kind, g.common_id
FROM jsonb_to_recordset(cast(:designations AS jsonb)) AS g(facility_key text, kind text, common_id text)
JOIN shelter s USING (facility_key)
ON CONFLICT (shelter_id, kind) DO UPDATE SET common_id = excluded.common_id
WHERE designation.common_id <> excluded.common_id
   OR (designation.common_id IS NULL AND excluded.common_id IS NOT NULL)
