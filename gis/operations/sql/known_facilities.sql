-- Which shelters some facilities mean: by a 共通ID that a shelter has, else by a link that somebody or
-- an exact match made, else by their own key. A shelter that was joined to another one is that one.
WITH by_id AS (
    SELECT DISTINCT ON (g.facility_key)
           g.facility_key, coalesce(s.joined_to_id, s.id) AS shelter_id
    FROM unnest(cast(:id_keys AS text[]), cast(:common_ids AS text[])) AS g(facility_key, common_id)
    JOIN designation d USING (common_id)
    JOIN shelter s ON s.id = d.shelter_id
    ORDER BY g.facility_key, d.kind
)
SELECT k.facility_key,
       coalesce(by_id.shelter_id, linked.joined_to_id, linked.id, own.joined_to_id, own.id) AS shelter_id,
       by_id.shelter_id IS NULL AND linked.id IS NULL AND own.joined_to_id IS NULL AS by_key_alone,
       own.name, own.address, ST_X(own.location) AS lon, ST_Y(own.location) AS lat,
       ARRAY(SELECT d.kind FROM designation d WHERE d.shelter_id = own.id) AS kinds,
       ARRAY(SELECT d.kind FROM designation d WHERE d.shelter_id = own.id AND d.common_id IS NOT NULL)
           AS numbered_kinds
FROM unnest(cast(:keys AS text[])) AS k(facility_key)
LEFT JOIN by_id ON by_id.facility_key = k.facility_key
LEFT JOIN facility_link l ON l.facility_key = k.facility_key
LEFT JOIN shelter linked ON linked.id = l.shelter_id
LEFT JOIN shelter own ON own.facility_key = k.facility_key
WHERE by_id.shelter_id IS NOT NULL OR l.shelter_id IS NOT NULL OR own.id IS NOT NULL
