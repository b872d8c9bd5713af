-- One row per shelter in use (neither taken off the register nor joined to another; one that is off
-- it but took part in the incident stays in sight): its last opening in the incident, the state of
-- that, and the latest figures, as they were at :at by what was known at :known_at. What was opened
-- under a shelter that was joined to another one is that one's opening.
-- Persons and households are looked up apart, so that a partial count does not erase a fuller one. A
-- device whose clock runs ahead must not outrank what was counted after it: an observation counts
-- from when it was recorded at the latest. Of counts of one moment the larger one counts, so that the
-- order in which they arrive makes no difference. Each lateral join is one index probe; "IS NOT
-- DISTINCT FROM" keeps the few corrections from being looked for among all readings of the opening.
WITH told AS (
    SELECT t.opening_id, max(t.since_at) AS since_at,
           (array_agg(t.state ORDER BY t.since_at DESC, t.number DESC))[1] AS state,
           (array_agg(t.reason ORDER BY t.since_at DESC, t.number DESC))[1] AS reason,
           min(t.since_at) FILTER (WHERE t.state IN ('open', 'permanent')) AS opened_at
    FROM opening o
    JOIN opening_state t ON t.opening_id = o.id
    WHERE o.incident_id = :incident_id AND t.since_at <= :at AND t.recorded_at <= :known_at
      AND t.supersedes IS NULL AND NOT EXISTS (SELECT FROM opening_state n
                      WHERE n.opening_id = t.opening_id AND n.supersedes = t.number
                        AND n.recorded_at <= :known_at)
    GROUP BY t.opening_id
),
opened AS (
    SELECT DISTINCT ON (coalesce(h.joined_to_id, h.id))
           coalesce(h.joined_to_id, h.id) AS shelter_id, o.id, o.version,
           told.state, told.since_at, told.reason, told.opened_at
    FROM told
    JOIN opening o ON o.id = told.opening_id
    JOIN shelter h ON h.id = o.shelter_id
    ORDER BY coalesce(h.joined_to_id, h.id), told.state = 'closed', o.began_at DESC
)
SELECT
    s.id, s.name, s.address, s.capacity, s.capacity_is_fictitious, s.hazards,
    ST_X(s.location) AS lon, ST_Y(s.location) AS lat,
    ARRAY(SELECT d.kind FROM designation d WHERE d.shelter_id = s.id ORDER BY d.kind) AS designations,
    o.id AS opening_id, o.version AS opening_version, coalesce(o.state, 'not_opened') AS state,
    o.since_at, o.reason, o.opened_at,
    p.reading_id, p.persons, p.observed_at, p.source, p.recorded_by,
    h.households
FROM shelter s
LEFT JOIN opened o ON o.shelter_id = s.id
LEFT JOIN LATERAL (
    SELECT id AS reading_id, persons, observed_at, source, recorded_by
    FROM occupancy_reading r
    WHERE opening_id = o.id AND persons IS NOT NULL AND least(observed_at, recorded_at) <= :at AND recorded_at <= :known_at
      AND NOT EXISTS (
          SELECT FROM occupancy_reading n
          WHERE n.supersedes_id = r.id AND n.opening_id IS NOT DISTINCT FROM r.opening_id AND n.recorded_at <= :known_at
      )
    ORDER BY least(observed_at, recorded_at) DESC, persons DESC, id DESC LIMIT 1
) p ON true
LEFT JOIN LATERAL (
    SELECT households
    FROM occupancy_reading r
    WHERE opening_id = o.id AND households IS NOT NULL AND least(observed_at, recorded_at) <= :at AND recorded_at <= :known_at
      AND NOT EXISTS (
          SELECT FROM occupancy_reading n
          WHERE n.supersedes_id = r.id AND n.opening_id IS NOT DISTINCT FROM r.opening_id AND n.recorded_at <= :known_at
      )
    ORDER BY least(observed_at, recorded_at) DESC, households DESC, id DESC LIMIT 1
) h ON true
WHERE s.joined_to_id IS NULL AND (s.retired_at IS NULL OR o.id IS NOT NULL)
  AND (o.id IS NOT NULL OR NOT :opened_only)
  AND (cast(:shelter_id AS uuid) IS NULL OR s.id = :shelter_id)
  AND (cast(:area AS geometry) IS NULL OR s.location IS NULL OR ST_Covers(cast(:area AS geometry), s.location))
ORDER BY s.name, s.id
