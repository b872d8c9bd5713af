-- What was told of road closures, the latest first, as it was known at a moment (:known_at): of one
-- incident, or of one closure. "holds" marks the last statement of each closure that was made until
-- :as_of and not taken back; a statement counts from when it was recorded at the latest. The length is
-- metres on the ellipsoid; a name stands in the middle of a line.
WITH told AS (
    SELECT s.*, c.incident_id, c.version,
           s.action = 'taken_back' OR EXISTS (
               SELECT FROM road_closure_statement t
               WHERE t.closure_id = s.closure_id AND t.supersedes = s.number AND t.recorded_at <= :known_at) AS is_void
    FROM road_closure c
    JOIN road_closure_statement s ON s.closure_id = c.id
    WHERE (c.incident_id = cast(:incident_id AS uuid) OR c.id = cast(:closure_id AS uuid))
      AND s.recorded_at <= :known_at
),
last AS (
    SELECT closure_id, max(number) AS number
    FROM told
    WHERE NOT is_void AND least(observed_at, recorded_at) <= :as_of
    GROUP BY closure_id
)
SELECT s.id, s.closure_id, s.incident_id, s.version, s.number, s.action, s.grade,
       cast(ST_AsGeoJSON(s.path, 15, 0) AS jsonb) AS path,
       CASE WHEN GeometryType(s.path) = 'LINESTRING' THEN ST_Length(geography(s.path)) END AS length_m,
       ST_X(middle.place) AS lon, ST_Y(middle.place) AS lat,
       s.road_name, s.section, s.reason, s.from_at, s.until_at, s.observed_at, s.source,
       s.recorded_at, s.recorded_by, s.is_void AND s.action <> 'taken_back' AS is_taken_back,
       l.number IS NOT NULL AS holds, coalesce(s.from_at <= :as_of, true) AS has_begun
FROM told s
CROSS JOIN LATERAL (
    SELECT CASE GeometryType(s.path) WHEN 'LINESTRING' THEN ST_LineInterpolatePoint(s.path, 0.5) ELSE s.path END
) middle(place)
LEFT JOIN last l ON l.closure_id = s.closure_id AND l.number = s.number
ORDER BY CASE WHEN s.action = 'taken_back' THEN s.recorded_at ELSE s.observed_at END DESC,
         s.recorded_at DESC, s.number DESC, s.id
