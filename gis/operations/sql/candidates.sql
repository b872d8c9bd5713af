-- The shelters of some municipalities that no row of the inventory means already; one that was joined
-- to another is that one, under its own name, and one off the register can be recognised, too, so that
-- it stays off. A row with a common ID is compared with those alone that have none.
SELECT coalesce(s.joined_to_id, s.id) AS id, s.municipality_code, s.facility_key, s.name, s.address,
       ST_X(s.location) AS lon, ST_Y(s.location) AS lat,
       EXISTS (SELECT FROM designation d WHERE d.shelter_id = coalesce(s.joined_to_id, s.id) AND d.common_id IS NOT NULL)
           AS has_common_id,
       ARRAY(SELECT d.kind FROM designation d WHERE d.shelter_id = coalesce(s.joined_to_id, s.id)) AS kinds
FROM shelter s
WHERE s.municipality_code = ANY(:municipality_codes)
  AND (s.municipality_code = ANY(:without_common_id)
       OR NOT EXISTS (SELECT FROM designation d
                      WHERE d.shelter_id = coalesce(s.joined_to_id, s.id) AND d.common_id IS NOT NULL))
  AND NOT coalesce(s.joined_to_id, s.id) = ANY(:claimed)
ORDER BY s.facility_key
