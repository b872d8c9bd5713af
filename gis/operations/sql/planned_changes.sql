-- What would become of shelters that the register has: by field what it is and what it would be.
SELECT m.row_number, m.shelter_id, m.name, m.address, ST_X(m.location) AS lon, ST_Y(m.location) AS lat,
    (SELECT coalesce(jsonb_object_agg(key, jsonb_build_array(was.value, becomes.value)), '{}')
     FROM jsonb_each(jsonb_build_object(
         'name', s.name, 'name_kana', s.name_kana, 'address', s.address, 'phone', s.phone,
         'capacity', s.capacity, 'capacity_is_fictitious', s.capacity_is_fictitious,
         'hazards', s.hazards, 'note', s.note,
         'location', jsonb_build_array(ST_X(s.location), ST_Y(s.location))) || s.details) was
     FULL JOIN jsonb_each(jsonb_build_object(
         'name', m.name, 'name_kana', m.name_kana, 'address', m.address, 'phone', m.phone,
         'capacity', m.capacity, 'capacity_is_fictitious', m.capacity_is_fictitious,
         'hazards', m.hazards, 'note', m.note,
         'location', jsonb_build_array(ST_X(m.location), ST_Y(m.location))) || m.details) becomes
         USING (key)
     WHERE was.value IS DISTINCT FROM becomes.value) AS fields,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(n.kind, n.common_id) ORDER BY n.kind), '[]')
     FROM new_designation n WHERE n.facility_key = m.facility_key) AS designations
FROM merged m
JOIN shelter s ON s.id = m.shelter_id
WHERE m.is_altered OR m.is_designated_anew
ORDER BY m.row_number
LIMIT :most
