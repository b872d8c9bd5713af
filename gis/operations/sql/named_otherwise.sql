-- The names under which some shelters are designated shelters with a 共通ID of their own.
SELECT s.id, s.name FROM shelter s
WHERE s.id = ANY(:shelter_ids)
  AND EXISTS (SELECT FROM designation d
              WHERE d.shelter_id = s.id AND d.kind = 'designated_shelter' AND d.common_id IS NOT NULL)
