-- How the persons of some openings went between two moments, in seconds since 1970 (moments would be
-- read one by one). Of counts of one moment the larger one comes last, and holds.
SELECT opening_id, array_agg(at ORDER BY at, persons) AS moments, array_agg(persons ORDER BY at, persons) AS counts
FROM (
    SELECT opening_id, persons,
           cast(extract(epoch FROM least(observed_at, recorded_at)) AS double precision) AS at
    FROM occupancy_reading r
    WHERE opening_id = ANY(cast(:opening_ids AS uuid[])) AND persons IS NOT NULL
      AND least(observed_at, recorded_at) BETWEEN :since AND :until AND recorded_at <= :known_at
      AND NOT EXISTS (SELECT FROM occupancy_reading n
                      WHERE n.supersedes_id = r.id AND n.opening_id IS NOT DISTINCT FROM r.opening_id
                        AND n.recorded_at <= :known_at)
) counted
GROUP BY opening_id
