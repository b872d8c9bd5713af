-- How the persons of some openings went between two moments: of counts of one moment the larger one.
SELECT opening_id, array_agg(at ORDER BY at) AS moments, array_agg(persons ORDER BY at) AS counts
FROM (
    SELECT opening_id, least(observed_at, recorded_at) AS at, max(persons) AS persons
    FROM occupancy_reading r
    WHERE opening_id = ANY(cast(:opening_ids AS uuid[])) AND persons IS NOT NULL
      AND least(observed_at, recorded_at) BETWEEN :since AND :until AND recorded_at <= :until
      AND NOT EXISTS (SELECT FROM occupancy_reading n
                      WHERE n.supersedes_id = r.id AND n.opening_id IS NOT DISTINCT FROM r.opening_id
                        AND n.recorded_at <= :until)
    GROUP BY opening_id, least(observed_at, recorded_at)
) counted
GROUP BY opening_id
