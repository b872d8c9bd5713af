INSERT INTO facility_link (facility_key, shelter_id)
SELECT * FROM unnest(cast(:keys AS text[]), cast(:shelter_ids AS uuid[]))
