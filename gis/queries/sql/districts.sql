-- The district of the nearest town of its own municipality, for each of some shelters that have a
-- place. Metres of EPSG:3857 are stretched alike in all
-- directions, so that what is nearest there is nearest; each lateral join is one walk of the index.
SELECT s.id, district_of(t.name) AS district
FROM shelter s
CROSS JOIN LATERAL (
    SELECT t.name FROM town t
    WHERE t.municipality_code = s.municipality_code
    ORDER BY t.location_3857 <-> s.location_3857, t.code
    LIMIT 1
) t
WHERE s.id = ANY(cast(:shelter_ids AS uuid[])) AND s.location_3857 IS NOT NULL
