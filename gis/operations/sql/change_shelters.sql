UPDATE shelter s SET
    name = m.name, name_kana = m.name_kana, address = m.address, phone = m.phone,
    capacity = m.capacity, capacity_is_fictitious = m.capacity_is_fictitious,
    hazards = m.hazards, note = m.note, details = m.details, location = m.location,
    version = s.version + 1
FROM merged m
WHERE s.id = m.shelter_id AND m.is_altered
