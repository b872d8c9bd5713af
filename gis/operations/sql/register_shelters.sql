-- Takes a whole inventory in one statement and answers how many shelters it added and changed.
-- :facilities is a JSON array, one object per facility. NULL says nothing and so never erases what
-- another list said of the same facility. Two lists may say different things of one facility; then
-- the list of designated shelters leads, and the list of emergency sites yields to it whichever
-- comes last, so that taking both in again changes nothing. Hazards are the emergency sites' own.
-- A row that would not change is not written.
WITH given AS (
    SELECT * FROM jsonb_to_recordset(cast(:facilities AS jsonb)) AS g(
        facility_key text, leads boolean, municipality_code text, name text, name_kana text,
        address text, phone text, capacity integer, capacity_is_fictitious boolean,
        hazards text[], note text, location text
    )
),
known AS (
    SELECT s.*, EXISTS (
        SELECT FROM designation d
        WHERE d.shelter_id = s.id AND d.kind <> 'emergency_site' AND d.common_id IS NOT NULL
    ) AS has_leader
    FROM shelter s
),
merged AS (
    SELECT
        g.facility_key, g.municipality_code,
        coalesce(CASE WHEN given_way.to_it THEN s.name END, g.name) AS name,
        coalesce(CASE WHEN given_way.to_it THEN s.name_kana END, g.name_kana, s.name_kana) AS name_kana,
        coalesce(CASE WHEN given_way.to_it THEN s.address END, g.address, s.address) AS address,
        coalesce(CASE WHEN given_way.to_it THEN s.phone END, g.phone, s.phone) AS phone,
        coalesce(CASE WHEN given_way.to_it THEN s.capacity END, g.capacity, s.capacity) AS capacity,
        CASE WHEN g.capacity IS NULL OR (given_way.to_it AND s.capacity IS NOT NULL)
             THEN coalesce(s.capacity_is_fictitious, false)
             ELSE g.capacity_is_fictitious END AS capacity_is_fictitious,
        coalesce(g.hazards, s.hazards) AS hazards,
        coalesce(CASE WHEN given_way.to_it THEN s.note END, g.note, s.note) AS note,
        coalesce(CASE WHEN given_way.to_it THEN s.location END, g.location::geometry, s.location)
            AS location,
        s.id AS known_id
    FROM given g
    LEFT JOIN known s USING (facility_key)
    CROSS JOIN LATERAL (SELECT s.has_leader AND NOT g.leads AS to_it) given_way
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
