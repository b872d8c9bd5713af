-- What the register says of some shelters besides their place and name. A shelter has up to three
-- 共通ID: that of the designated shelter (general, then welfare) leads here, as EEI lists shelters;
-- an emergency site's stands where there is no other.
SELECT s.id, s.municipality_code, m.name_ja AS municipality, s.name_kana, s.phone,
       (SELECT d.common_id FROM designation d
        WHERE d.shelter_id = s.id AND d.common_id IS NOT NULL
        ORDER BY d.kind = 'emergency_site', d.kind LIMIT 1) AS common_id
FROM shelter s
LEFT JOIN municipality m ON m.code = s.municipality_code
WHERE s.id = ANY(cast(:shelter_ids AS uuid[]))
