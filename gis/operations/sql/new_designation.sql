-- The designations that the register lacks, or knows without their common ID (known_id). One that
-- comes without it (an emergency site that says it is a shelter, too) erases no ID, and where that
-- shelter is a welfare shelter it is no second one. An ID that a shelter has is given to no other.
CREATE TEMPORARY TABLE new_designation ON COMMIT DROP AS
SELECT gd.facility_key, g.shelter_id, gd.kind, gd.common_id, d.id AS known_id
FROM given_designation gd
JOIN given g USING (facility_key)
LEFT JOIN designation d ON d.shelter_id = g.shelter_id AND d.kind = gd.kind
WHERE (d.id IS NULL OR (d.common_id IS NULL AND gd.common_id IS NOT NULL))
  AND NOT (
      gd.kind = 'designated_shelter' AND gd.common_id IS NULL
      AND EXISTS (SELECT FROM designation w
                  WHERE w.shelter_id = g.shelter_id AND w.kind = 'welfare_shelter')
  )
  AND NOT EXISTS (SELECT FROM designation o
                  WHERE o.common_id = gd.common_id AND o.shelter_id IS DISTINCT FROM g.shelter_id)
