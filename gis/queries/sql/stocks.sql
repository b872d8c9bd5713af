-- What lies where, as the store keeps it: of 130 places and 20 items some thousand rows, however many
-- movements there were. Two places of one shelter are one where the shelters were joined. What a vehicle
-- on the road carries is promised to where it goes.
WITH aboard AS (
    SELECT e.vehicle_id AS place_id, l.item_code, sum(l.quantity) AS quantity
    FROM dispatch d
    JOIN dispatch_event e ON e.dispatch_id = d.id AND e.number = d.version
    JOIN dispatch_line l ON l.dispatch_id = d.id
    WHERE d.state IN ('left', 'delayed')
    GROUP BY 1, 2
)
SELECT coalesce(h.joined_to_id, s.place_id) AS place_id, s.item_code, sum(s.quantity)::integer AS quantity,
       sum(s.reserved + coalesce(a.quantity, 0))::integer AS reserved,
       CASE WHEN bool_and(s.counted_at IS NOT NULL) THEN max(s.counted_at) END AS counted_at,
       max(s.moved_at) AS moved_at, bool_or(s.is_fictitious) AS is_fictitious
FROM stock s
LEFT JOIN shelter h ON h.id = s.place_id
LEFT JOIN aboard a ON a.place_id = s.place_id AND a.item_code = s.item_code
WHERE cast(:place_ids AS uuid[]) IS NULL OR coalesce(h.joined_to_id, s.place_id) = ANY (:place_ids)
GROUP BY 1, 2
ORDER BY 1, 2
