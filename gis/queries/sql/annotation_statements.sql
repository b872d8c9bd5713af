-- What was done with annotations of the map, the latest first, as it was known at a moment (:known_at): of one
-- incident, or of one annotation. "holds" marks the last statement of each annotation that was made until
-- :as_of and not taken back. The text stands on a point, in the middle of a line, within an area.
WITH told AS (
    SELECT s.*, a.incident_id, a.version,
           s.action = 'taken_back' OR EXISTS (
               SELECT FROM annotation_statement t
               WHERE t.annotation_id = s.annotation_id AND t.supersedes = s.number AND t.recorded_at <= :known_at) AS is_void
    FROM annotation a
    JOIN annotation_statement s ON s.annotation_id = a.id
    WHERE (a.incident_id = cast(:incident_id AS uuid) OR a.id = cast(:annotation_id AS uuid))
      AND s.recorded_at <= :known_at
)
SELECT s.id, s.annotation_id, s.incident_id, s.version, s.number, s.action, s.text, s.colour,
       cast(ST_AsGeoJSON(s.shape, 15, 0) AS jsonb) AS shape,
       ST_X(middle.place) AS lon, ST_Y(middle.place) AS lat,
       s.recorded_at, s.recorded_by, s.is_void AND s.action <> 'taken_back' AS is_taken_back,
       coalesce(s.number = max(s.number) FILTER (WHERE NOT s.is_void AND s.recorded_at <= :as_of)
                           OVER (PARTITION BY s.annotation_id), false) AS holds
FROM told s
CROSS JOIN LATERAL (
    SELECT CASE GeometryType(s.shape)
               WHEN 'LINESTRING' THEN ST_LineInterpolatePoint(s.shape, 0.5)
               WHEN 'MULTIPOLYGON' THEN ST_PointOnSurface(s.shape)
               ELSE s.shape
           END
) middle(place)
ORDER BY s.recorded_at DESC, s.annotation_id, s.number DESC
