-- What lay where at :at by what was known at :known_at: the ledger summed up to then. What was reserved nobody knows any
-- more.
SELECT coalesce(h.joined_to_id, w.place_id) AS place_id, m.item_code,
       greatest(sum(w.sign * m.quantity), 0)::integer AS quantity, cast(NULL AS integer) AS reserved,
       max(m.observed_at) FILTER (
           WHERE m.counted IS NOT NULL AND NOT EXISTS (
               SELECT FROM movement b WHERE b.supersedes_id = m.id AND b.recorded_at <= :known_at)
       ) AS counted_at,
       max(m.observed_at) AS moved_at, bool_or(m.is_fictitious) AS is_fictitious
FROM movement m
CROSS JOIN LATERAL (VALUES (m.from_place_id, -1), (m.to_place_id, 1)) AS w (place_id, sign)
LEFT JOIN shelter h ON h.id = w.place_id
WHERE w.place_id IS NOT NULL AND m.observed_at <= :at AND m.recorded_at <= :known_at
  AND (cast(:place_ids AS uuid[]) IS NULL OR coalesce(h.joined_to_id, w.place_id) = ANY (:place_ids))
GROUP BY 1, 2
ORDER BY 1, 2
