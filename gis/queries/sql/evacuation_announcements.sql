-- What was announced of evacuation orders, the latest first, as it was known at a moment (:known_at):
-- of one incident, or of one order. "holds" marks the last announcement of each order that was made
-- until :as_of and not taken back; an announcement counts from when it was recorded at the latest.
WITH told AS (
    SELECT a.*, o.hazard, o.municipality_code, o.incident_id, o.version,
           a.action = 'taken_back' OR EXISTS (
               SELECT FROM evacuation_announcement t
               WHERE t.order_id = a.order_id AND t.supersedes = a.number AND t.recorded_at <= :known_at) AS is_void
    FROM evacuation_order o
    JOIN evacuation_announcement a ON a.order_id = o.id
    WHERE (o.incident_id = cast(:incident_id AS uuid) OR o.id = cast(:order_id AS uuid))
      AND a.recorded_at <= :known_at
),
last AS (
    SELECT order_id, max(number) AS number
    FROM told
    WHERE NOT is_void AND least(announced_at, recorded_at) <= :as_of
    GROUP BY order_id
)
SELECT a.id, a.order_id, a.incident_id, a.municipality_code, a.hazard, a.version, a.number, a.action,
       a.kind, a.announced_at, a.reason, a.guidance, a.note, a.area IS NOT NULL AS is_drawn,
       a.town_codes, target.areas, target.is_whole,
       a.persons, a.persons_unknown_towns, a.households, a.households_unknown_towns,
       a.recorded_at, a.recorded_by, a.is_void AND a.action <> 'taken_back' AS is_taken_back,
       l.number IS NOT NULL AS holds
FROM told a
CROSS JOIN LATERAL evacuation_target(a.id) target
LEFT JOIN last l ON l.order_id = a.order_id AND l.number = a.number
ORDER BY CASE WHEN a.action = 'taken_back' THEN a.recorded_at ELSE a.announced_at END DESC,
         a.recorded_at DESC, a.number DESC, a.id
