-- When somebody last said how much of an item there is in some places, or was used there: a delivery says
-- nothing of that. Both sides of the condition are probes of an index over place and item.
SELECT coalesce(m.from_place_id, m.to_place_id) AS place_id, m.item_code, max(m.observed_at) AS told_at
FROM movement m
WHERE (m.from_place_id = ANY (cast(:place_ids AS uuid[])) OR m.to_place_id = ANY (cast(:place_ids AS uuid[])))
  AND (m.kind = 'used' OR m.counted IS NOT NULL)
  AND m.observed_at <= :at AND m.recorded_at <= :known_at
  AND NOT EXISTS (SELECT FROM movement b WHERE b.supersedes_id = m.id AND b.recorded_at <= :known_at)
GROUP BY 1, 2
