-- What lay in each of some places (:place_ids) of an item (:item_codes) at a moment (:moments), lot by lot,
-- what expires first first. Each side of the union is a probe of the index over place and item.
SELECT a.place_id, a.item_code, m.lot, m.expires_on, sum(m.quantity)::integer AS quantity
FROM unnest(cast(:place_ids AS uuid[]), cast(:item_codes AS text[]), cast(:moments AS timestamptz[]))
    AS a (place_id, item_code, at)
CROSS JOIN LATERAL (
    SELECT lot, expires_on, quantity FROM movement
    WHERE to_place_id = a.place_id AND item_code = a.item_code AND observed_at <= a.at
    UNION ALL
    SELECT lot, expires_on, -quantity FROM movement
    WHERE from_place_id = a.place_id AND item_code = a.item_code AND observed_at <= a.at
) m
GROUP BY a.place_id, a.item_code, m.lot, m.expires_on
HAVING sum(m.quantity) <> 0
ORDER BY a.place_id, a.item_code, m.expires_on NULLS LAST, m.lot
