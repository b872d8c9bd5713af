-- What lay in a place at :at, lot by lot, what expires first first. Each side of the union is a probe of
-- the index over place and item.
SELECT lot, expires_on, sum(quantity)::integer AS quantity
FROM (
    SELECT lot, expires_on, quantity FROM movement
    WHERE to_place_id = :place_id AND item_code = :item_code AND observed_at <= :at
    UNION ALL
    SELECT lot, expires_on, -quantity FROM movement
    WHERE from_place_id = :place_id AND item_code = :item_code AND observed_at <= :at
) moved
GROUP BY lot, expires_on
HAVING sum(quantity) <> 0
ORDER BY expires_on NULLS LAST, lot
