INSERT INTO designation (shelter_id, kind, common_id)
SELECT coalesce(n.shelter_id, s.id), n.kind, n.common_id
FROM new_designation n
LEFT JOIN shelter s ON n.shelter_id IS NULL AND s.facility_key = n.facility_key
WHERE n.known_id IS NULL
