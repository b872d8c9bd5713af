-- How the persons of some openings went between two moments, in whole seconds since 1970 (moments
-- would be read one by one). Of counts of one moment the larger one holds. Sorting the rows once costs
-- half of what two sorted aggregates do.
SELECT opening_id, array_agg(at) AS moments, array_agg(persons) AS persons
FROM (
    SELECT opening_id, at, max(persons) AS persons
    FROM (
        SELECT opening_id, persons,
               cast(floor(date_part('epoch', least(observed_at, recorded_at))) AS bigint) AS at
        FROM occupancy_reading r
        WHERE opening_id = ANY(cast(:opening_ids AS uuid[])) AND persons IS NOT NULL
          AND least(observed_at, recorded_at) BETWEEN :since AND :until AND recorded_at <= :known_at
          AND NOT EXISTS (SELECT FROM occupancy_reading n
                          WHERE n.supersedes_id = r.id AND n.opening_id IS NOT DISTINCT FROM r.opening_id
                            AND n.recorded_at <= :known_at)
    ) counted
    GROUP BY opening_id, at
    ORDER BY opening_id, at
) at_moments
GROUP BY opening_id
