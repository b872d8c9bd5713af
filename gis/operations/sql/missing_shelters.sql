-- Shelters in use of the inventory's municipalities and kinds that it does not list, and that none of
-- its rows in question may mean.
SELECT s.id, s.name, s.address, ST_X(s.location) AS lon, ST_Y(s.location) AS lat,
       count(*) OVER () AS total
FROM shelter s
WHERE s.municipality_code IN (SELECT municipality_code FROM given)
  AND s.joined_to_id IS NULL AND s.retired_at IS NULL
  AND EXISTS (SELECT FROM designation d
              WHERE d.shelter_id = s.id AND d.kind IN (SELECT kind FROM given_designation))
  AND NOT EXISTS (SELECT FROM given g WHERE g.shelter_id = s.id)
  AND NOT s.id = ANY(cast(:asked AS uuid[]))
ORDER BY s.municipality_code, s.name
LIMIT :most
