-- Which shelters some keys mean: by a link that somebody or an exact match made, else by their own.
-- A shelter that was joined to another one is that one.
SELECT k.facility_key, coalesce(linked.joined_to_id, linked.id, own.joined_to_id, own.id) AS shelter_id
FROM unnest(cast(:keys AS text[])) AS k(facility_key)
LEFT JOIN facility_link l ON l.facility_key = k.facility_key
LEFT JOIN shelter linked ON linked.id = l.shelter_id
LEFT JOIN shelter own ON own.facility_key = k.facility_key
WHERE l.shelter_id IS NOT NULL OR own.id IS NOT NULL
