-- What was sent in an incident: of each dispatch its last step by :at as far as it was known at :known_at,
-- and what it carries. Shelters that were joined to another one bear that one's name and place.
SELECT d.id, f.id AS from_place_id, f.kind AS from_kind, f.name AS origin,
       ST_X(f.location) AS from_lon, ST_Y(f.location) AS from_lat,
       t.id AS to_place_id, t.kind AS to_kind, t.name AS destination,
       ST_X(t.location) AS to_lon, ST_Y(t.location) AS to_lat,
       e.step AS state, e.number AS version, e.vehicle_id, v.name AS vehicle, e.team,
       (SELECT min(l.observed_at) FROM dispatch_event l
        WHERE l.dispatch_id = d.id AND l.step = 'left' AND l.number <= e.number) AS left_at,
       e.expected_at, e.observed_at, e.reason, e.recorded_by,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'item_code', n.item_code, 'quantity', n.quantity, 'request_id', n.request_id,
                   'received', CASE WHEN e.step = 'arrived' THEN (
                       SELECT coalesce(sum(m.quantity), 0) FROM movement m
                       WHERE m.dispatch_id = d.id AND m.item_code = n.item_code
                         AND m.to_place_id = d.to_place_id) ELSE 0 END
               ) ORDER BY n.item_code), '[]')
        FROM dispatch_line n WHERE n.dispatch_id = d.id) AS loads
FROM dispatch d
JOIN LATERAL (
    SELECT * FROM dispatch_event e
    WHERE e.dispatch_id = d.id
      AND (cast(:at AS timestamptz) IS NULL OR (e.observed_at <= :at AND e.recorded_at <= :known_at))
    ORDER BY e.number DESC LIMIT 1
) e ON true
CROSS JOIN LATERAL (
    SELECT coalesce(h.joined_to_id, p.id) AS id, p.kind, coalesce(p.name, j.name, h.name) AS name,
           coalesce(p.location, j.location, h.location) AS location
    FROM stock_place p LEFT JOIN shelter h ON h.id = p.shelter_id LEFT JOIN shelter j ON j.id = h.joined_to_id
    WHERE p.id = d.from_place_id
) f
CROSS JOIN LATERAL (
    SELECT coalesce(h.joined_to_id, p.id) AS id, p.kind, coalesce(p.name, j.name, h.name) AS name,
           coalesce(p.location, j.location, h.location) AS location
    FROM stock_place p LEFT JOIN shelter h ON h.id = p.shelter_id LEFT JOIN shelter j ON j.id = h.joined_to_id
    WHERE p.id = d.to_place_id
) t
LEFT JOIN stock_place v ON v.id = e.vehicle_id
WHERE d.incident_id = :incident_id
ORDER BY e.observed_at DESC, d.id
