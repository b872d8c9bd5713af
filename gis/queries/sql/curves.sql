-- Persons in the open shelters of an incident at each of some moments, for the whole city (is_city) and
-- for each district, with at how many they were unknown (nobody had counted, or nobody knew whether it
-- was open): what shelter_statuses.sql and districts.sql
-- say at each of them. Each moment by what was known then, or all of them by what was known at :known_at.
--
-- What was told counts from a moment on (from_at: when it was so, or when we learned it) until it is
-- taken back (gone_at; what is known by :known_at to be wrong never counts). What is never taken back is
-- put into the slot of the first moment that it counts for, and a running maximum over the slots carries
-- it on; the few that were corrected are laid beside it, moment by moment. So no reading is looked at
-- once per moment.
WITH moment AS (
    SELECT k, at FROM unnest(cast(:moments AS timestamptz[])) WITH ORDINALITY m(at, k)
),
place AS MATERIALIZED (
    SELECT o.id AS opening_id, o.began_at, s.id AS shelter_id, s.municipality_code, s.location_3857
    FROM opening o
    JOIN shelter h ON h.id = o.shelter_id
    JOIN shelter s ON s.id = coalesce(h.joined_to_id, h.id) AND s.joined_to_id IS NULL
    WHERE o.incident_id = :incident_id
      AND (cast(:shelter_id AS uuid) IS NULL OR s.id = :shelter_id)
),
told AS (
    SELECT t.opening_id, t.state, t.since_at, t.number,
           CASE WHEN cast(:known_at AS timestamptz) IS NULL THEN n.recorded_at
                WHEN n.recorded_at IS NOT NULL THEN '-infinity' END AS gone_at,
           CASE WHEN cast(:known_at AS timestamptz) IS NULL THEN greatest(t.since_at, t.recorded_at)
                ELSE t.since_at END AS from_at
    FROM place p
    JOIN opening_state t ON t.opening_id = p.opening_id
    LEFT JOIN opening_state n ON n.opening_id = t.opening_id AND n.supersedes = t.number
        AND (cast(:known_at AS timestamptz) IS NULL OR n.recorded_at <= :known_at)
    WHERE t.supersedes IS NULL
      AND (cast(:known_at AS timestamptz) IS NULL OR t.recorded_at <= :known_at)
),
state AS (
    SELECT DISTINCT ON (t.opening_id, m.k) p.shelter_id, t.opening_id, p.began_at, m.k, t.state
    FROM told t
    JOIN place p ON p.opening_id = t.opening_id
    JOIN moment m ON m.at >= t.from_at AND (t.gone_at IS NULL OR m.at < t.gone_at)
    ORDER BY t.opening_id, m.k, t.since_at DESC, t.number DESC
),
opened AS (
    SELECT DISTINCT ON (shelter_id, k) shelter_id, opening_id, k, state
    FROM state
    ORDER BY shelter_id, k, state = 'closed', began_at DESC
),
counted AS MATERIALIZED (
    SELECT r.opening_id, r.from_at,
           CASE WHEN cast(:known_at AS timestamptz) IS NULL THEN n.recorded_at
                WHEN n.recorded_at IS NOT NULL THEN '-infinity' END AS gone_at,
           ARRAY[cast(extract(epoch FROM r.at) AS double precision), r.persons] AS count
    FROM (
        SELECT r.id, r.opening_id, r.persons, least(r.observed_at, r.recorded_at) AS at,
               CASE WHEN cast(:known_at AS timestamptz) IS NULL THEN r.recorded_at
                    ELSE least(r.observed_at, r.recorded_at) END AS from_at
        FROM place p
        JOIN occupancy_reading r ON r.opening_id = p.opening_id
        WHERE r.persons IS NOT NULL
          AND (cast(:known_at AS timestamptz) IS NULL OR r.recorded_at <= :known_at)
    ) r
    LEFT JOIN (
        SELECT supersedes_id, opening_id, recorded_at FROM occupancy_reading
        WHERE supersedes_id IS NOT NULL
          AND (cast(:known_at AS timestamptz) IS NULL OR recorded_at <= :known_at)
    ) n ON n.supersedes_id = r.id AND n.opening_id = r.opening_id
),
slot AS (
    -- As many moments as lie before from_at, and one.
    SELECT opening_id, 1 + width_bucket(from_at - interval '1 microsecond', cast(:moments AS timestamptz[])) AS k,
           max(count) AS count
    FROM counted
    WHERE gone_at IS NULL
    GROUP BY 1, 2
),
carried AS (
    SELECT p.opening_id, m.k, max(s.count) OVER (PARTITION BY p.opening_id ORDER BY m.k) AS count
    FROM place p
    CROSS JOIN moment m
    LEFT JOIN slot s ON s.opening_id = p.opening_id AND s.k = m.k
),
gone AS MATERIALIZED (
    SELECT opening_id, count, from_at, gone_at FROM counted WHERE gone_at IS NOT NULL
),
corrected AS (
    SELECT g.opening_id, m.k, max(g.count) AS count
    FROM gone g
    JOIN moment m ON m.at >= g.from_at AND m.at < g.gone_at
    GROUP BY g.opening_id, m.k
),
district AS (
    SELECT s.shelter_id, district_of(t.name) AS district
    FROM (SELECT DISTINCT shelter_id, municipality_code, location_3857 FROM place) s
    CROSS JOIN LATERAL (
        SELECT t.name FROM town t
        WHERE t.municipality_code = s.municipality_code AND s.location_3857 IS NOT NULL
        ORDER BY t.location_3857 <-> s.location_3857, t.code
        LIMIT 1
    ) t
),
total AS (
    SELECT o.k, d.district, grouping(d.district) = 1 AS is_city,
           cast(sum(cast((greatest(c.count, n.count))[2] AS integer))
                FILTER (WHERE o.state <> 'unknown') AS integer) AS known,
           count(*) FILTER (WHERE o.state = 'unknown' OR coalesce(c.count, n.count) IS NULL) AS unknown_places
    FROM opened o
    JOIN carried c ON c.opening_id = o.opening_id AND c.k = o.k
    LEFT JOIN corrected n ON n.opening_id = o.opening_id AND n.k = o.k
    LEFT JOIN district d ON d.shelter_id = o.shelter_id
    WHERE o.state IN ('open', 'permanent', 'unknown')
    GROUP BY GROUPING SETS ((o.k), (o.k, d.district))
)
SELECT is_city, district, array_agg(k) AS numbers, array_agg(known) AS known,
       array_agg(unknown_places) AS unknown_places
FROM total
GROUP BY is_city, district
