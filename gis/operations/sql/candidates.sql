-- The shelters in use of some municipalities that no row of the inventory means already. A row with a
-- common ID is compared with those alone that have none.
SELECT s.id, s.municipality_code, s.facility_key, s.name, s.address,
       ST_X(s.location) AS lon, ST_Y(s.location) AS lat,
       EXISTS (SELECT FROM designation d WHERE d.shelter_id = s.id AND d.common_id IS NOT NULL)
           AS has_common_id,
       ARRAY(SELECT d.kind FROM designation d WHERE d.shelter_id = s.id) AS kinds
FROM shelter s
WHERE s.municipality_code = ANY(:municipality_codes)
  AND (s.municipality_code = ANY(:without_common_id)
       OR NOT EXISTS (SELECT FROM designation d
                      WHERE d.shelter_id = s.id AND d.common_id IS NOT NULL))
  AND s.joined_to_id IS NULL AND s.retired_at IS NULL
  AND NOT s.id = ANY(:claimed)
ORDER BY s.facility_key
