-- Takes a whole inventory in one statement and answers how many shelters it added and changed.
-- :facilities is a JSON array, one object per facility. NULL says nothing and so never erases what
-- another list said of the same facility. A row that would not change is not written.
WITH given AS (
    SELECT * FROM jsonb_to_recordset(cast(:facilities AS jsonb)) AS g(
        facility_key text, municipality_code text, name text, name_kana text, address text,
        phone text, capacity integer, capacity_is_fictitious boolean, hazards text[], note text,
        location text
    )
),
merged AS (
    SELECT
        g.facility_key, g.municipality_code, g.name,
        coalesce(g.name_kana, s.name_kana) AS name_kana,
        coalesce(g.address, s.address) AS address,
        coalesce(g.phone, s.phone) AS phone,
        coalesce(g.capacity, s.capacity) AS capacity,
        CASE WHEN g.capacity IS NULL THEN coalesce(s.capacity_is_fictitious, false)
             ELSE g.capacity_is_fictitious END AS capacity_is_fictitious,
        coalesce(g.hazards, s.hazards) AS hazards,
        coalesce(g.note, s.note) AS note,
        coalesce(g.location::geometry, s.location) AS location,
        s.id AS known_id
    FROM given g LEFT JOIN shelter s USING (facility_key)
),
added AS (
    INSERT INTO shelter (facility_key, municipality_code, name, name_kana, address, phone, capacity,
                         capacity_is_fictitious, hazards, note, location)
    SELECT facility_key, municipality_code, name, name_kana, address, phone, capacity,
           capacity_is_fictitious, hazards, note, location
    FROM merged WHERE known_id IS NULL
    RETURNING 1
),
changed AS (
    UPDATE shelter s SET
        name = m.name, name_kana = m.name_kana, address = m.address, phone = m.phone,
        capacity = m.capacity, capacity_is_fictitious = m.capacity_is_fictitious,
        hazards = m.hazards, note = m.note, location = m.location, version = s.version + 1
    FROM merged m
    WHERE s.id = m.known_id
      AND (s.name, s.name_kana, s.address, s.phone, s.capacity, s.capacity_is_fictitious, s.hazards,
           s.note, s.location)
          IS DISTINCT FROM
          (m.name, m.name_kana, m.address, m.phone, m.capacity, m.capacity_is_fictitious, m.hazards,
           m.note, m.location)
    RETURNING 1
)
SELECT (SELECT count(*) FROM added) AS added, (SELECT count(*) FROM changed) AS changed
