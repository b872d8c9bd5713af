-- What shelters lack: the latest known value of some items of each opening's condition reports, as in
-- conditions.sql, where that is not in order. Each item of each opening is one probe of the index, from
-- the last report back to the first one that says anything of it.
SELECT o.opening_id, item.name AS item, told.value, told.observed_at
FROM (
    -- Of most shelters nobody has reported anything: one probe tells that, not one for each item.
    SELECT u.opening_id FROM unnest(cast(:opening_ids AS uuid[])) u(opening_id)
    WHERE EXISTS (SELECT FROM condition_report r WHERE r.opening_id = u.opening_id)
) o
CROSS JOIN unnest(cast(:items AS text[])) item(name)
CROSS JOIN LATERAL (
    SELECT said.value, r.observed_at
    FROM condition_report r
    CROSS JOIN LATERAL (SELECT CASE item.name
        WHEN 'drinking_water' THEN r.drinking_water WHEN 'domestic_water' THEN r.domestic_water
        WHEN 'food' THEN r.food WHEN 'fuel' THEN r.fuel WHEN 'electricity' THEN r.electricity
        WHEN 'gas' THEN r.gas WHEN 'water' THEN r.water WHEN 'sewage' THEN r.sewage
        WHEN 'communication' THEN r.communication WHEN 'needs' THEN r.needs END AS value
    ) said
    WHERE r.opening_id = o.opening_id AND said.value IS NOT NULL
      AND least(r.observed_at, r.recorded_at) <= :at AND r.recorded_at <= :known_at
    ORDER BY least(r.observed_at, r.recorded_at) DESC, r.recorded_at DESC, r.id DESC
    LIMIT 1
) told
WHERE told.value NOT IN ('usable', 'enough')
