-- What is worth weighing as the same damage as one report (:id): of its kind (:categories), seen at
-- about its time, neither merged nor rejected. "in_words" are those whose place only words tell, or
-- that stand on the point of a town; such are looked for by the towns (:towns, a pattern of their
-- names; :town_points), the others around a place: at most :reach metres of the map away.
-- :place is where the asked one is, NULL where only words tell it; then the point of its town
-- (:town_point) stands for it, at most :town_reach away. What only a town goes by is looked for at most
-- :apart_in_town away in time. Each part is bounded by :most. Where not even the town is known
-- (:anywhere), the :most_anywhere seen last before it and first after it are all there is to go by.
WITH likeable AS NOT MATERIALIZED (
    SELECT r.*, coalesce(r.place_text, r.note) AS told,
           r.corrected_location IS NULL
               AND (r.location IS NULL OR r.located_by IS NOT DISTINCT FROM 'town') AS in_words
    FROM damage_report r
    WHERE r.incident_id = :incident_id AND r.merged_into_id IS NULL AND r.state <> 'rejected'
      AND r.category = ANY(:categories) AND r.id <> :id
      AND r.observed_at BETWEEN cast(:observed_at AS timestamptz) - :apart_most
                            AND cast(:observed_at AS timestamptz) + :apart_most
),
around AS (
    SELECT id FROM likeable
    WHERE NOT in_words AND ST_DWithin(location_3857, ST_Transform(ST_GeomFromEWKT(:place), 3857), :reach)
    ORDER BY location_3857 <-> ST_Transform(ST_GeomFromEWKT(:place), 3857)
    LIMIT :most
),
in_town AS (
    SELECT id FROM likeable
    WHERE NOT in_words AND ST_DWithin(location_3857, ST_Transform(ST_GeomFromEWKT(:town_point), 3857), :town_reach)
      AND observed_at BETWEEN cast(:observed_at AS timestamptz) - :apart_in_town
                          AND cast(:observed_at AS timestamptz) + :apart_in_town
      AND (place_text IS NULL OR place_text ~ :towns)
    ORDER BY abs(extract(epoch FROM observed_at - :observed_at))
    LIMIT :most
),
in_words AS (
    SELECT id FROM likeable
    WHERE corrected_location IS NULL AND (location IS NULL OR located_by IS NOT DISTINCT FROM 'town')
      AND observed_at BETWEEN cast(:observed_at AS timestamptz) - :apart_in_town
                          AND cast(:observed_at AS timestamptz) + :apart_in_town
      AND (told ~ :towns OR ST_DWithin(location, ST_GeomFromEWKT(:town_points), 0.00001))
    ORDER BY abs(extract(epoch FROM observed_at - :observed_at))
    LIMIT :most
),
before AS (
    SELECT id FROM likeable
    WHERE cast(:anywhere AS boolean) AND observed_at <= :observed_at
    ORDER BY observed_at DESC
    LIMIT :most_anywhere
),
after AS (
    SELECT id FROM likeable
    WHERE cast(:anywhere AS boolean) AND observed_at > :observed_at
    ORDER BY observed_at
    LIMIT :most_anywhere
)
SELECT r.id, r.category, r.reporter,
       CASE WHEN r.corrected_location IS NULL THEN r.accuracy_m END AS accuracy_m,
       r.in_words, r.place_text, r.note,
       CASE WHEN NOT r.in_words THEN
           ST_Distance(geography(coalesce(r.corrected_location, r.location)), geography(ST_GeomFromEWKT(:place)))
       END AS distance_m,
       cast(abs(extract(epoch FROM r.observed_at - :observed_at)) AS float) AS apart_s
FROM likeable r
WHERE r.id IN (
    SELECT id FROM around UNION ALL SELECT id FROM in_town UNION ALL SELECT id FROM in_words
    UNION ALL SELECT id FROM before UNION ALL SELECT id FROM after
)
