-- One row per shelter in use (neither taken off the register nor joined to another; one that is off
-- it but was opened in the incident stays in sight): its last opening in the incident and, of that opening, the
-- latest figures, as they were known at :as_of. Persons and households are looked up apart, so that
-- a partial count does not erase a fuller one. A device whose clock runs ahead must not outrank what
-- was counted after it: an observation counts from when it was recorded at the latest. Each lateral join is one index probe.
SELECT
    s.id, s.name, s.address, s.capacity, s.capacity_is_fictitious, s.hazards,
    ST_X(s.location) AS lon, ST_Y(s.location) AS lat,
    ARRAY(SELECT d.kind FROM designation d WHERE d.shelter_id = s.id ORDER BY d.kind) AS designations,
    o.id AS opening_id, o.opened_at, o.closed_at, o.version AS opening_version,
    p.persons, p.observed_at, p.source, p.recorded_by,
    h.households
FROM shelter s
LEFT JOIN LATERAL (
    SELECT id, opened_at, version, CASE WHEN closed_at <= :as_of THEN closed_at END AS closed_at
    FROM opening
    WHERE incident_id = :incident_id AND shelter_id = s.id AND opened_at <= :as_of
      AND recorded_at <= :as_of
    ORDER BY opened_at DESC LIMIT 1
) o ON true
LEFT JOIN LATERAL (
    SELECT persons, observed_at, source, recorded_by
    FROM occupancy_reading r
    WHERE opening_id = o.id AND persons IS NOT NULL AND recorded_at <= :as_of
      AND NOT EXISTS (
          SELECT FROM occupancy_reading n WHERE n.supersedes_id = r.id AND n.recorded_at <= :as_of
      )
    ORDER BY least(observed_at, recorded_at) DESC, recorded_at DESC LIMIT 1
) p ON true
LEFT JOIN LATERAL (
    SELECT households
    FROM occupancy_reading r
    WHERE opening_id = o.id AND households IS NOT NULL AND recorded_at <= :as_of
      AND NOT EXISTS (
          SELECT FROM occupancy_reading n WHERE n.supersedes_id = r.id AND n.recorded_at <= :as_of
      )
    ORDER BY least(observed_at, recorded_at) DESC, recorded_at DESC LIMIT 1
) h ON true
WHERE s.joined_to_id IS NULL AND (s.retired_at IS NULL OR o.id IS NOT NULL)
ORDER BY s.name, s.id
