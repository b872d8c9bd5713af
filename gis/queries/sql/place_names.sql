-- Every place where stock lies or may lie, by each name that it bears: depots, vehicles, shelters of the
-- register, those off it that hold stock, and under the one that they were joined to those that were joined.
SELECT p.id, p.kind, p.name, cast('{}' AS text[]) AS common_ids FROM stock_place p WHERE p.kind <> 'shelter'
UNION ALL
SELECT coalesce(s.joined_to_id, s.id), 'shelter', s.name,
       coalesce(array_agg(d.common_id ORDER BY d.kind) FILTER (WHERE d.common_id IS NOT NULL), '{}')
FROM shelter s
LEFT JOIN designation d ON d.shelter_id = s.id
WHERE s.retired_at IS NULL OR s.joined_to_id IS NOT NULL
   OR EXISTS (SELECT FROM stock_place p WHERE p.id = s.id)
GROUP BY s.id
ORDER BY 2, 3, 1
