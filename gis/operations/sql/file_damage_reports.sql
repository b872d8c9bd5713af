-- Reports (a JSON array) in the incident that is current; none where no incident is open, and not those
-- that are there already. Whoever wants to close the incident waits for us; had it been closed a moment
-- ago, we see that. A place is outside that lies in no municipality of the store; unknown where there
-- is none. Boundaries are simplified by some metres, and a beach is damaged beyond the shore line: what
-- lies within the margin of one counts as inside. Most places lie inside, which costs less than half
-- of what metres from a boundary cost.
WITH current AS (
    SELECT id FROM incident WHERE closed_at IS NULL ORDER BY recorded_at DESC, id LIMIT 1 FOR SHARE
)
INSERT INTO damage_report (
    id, incident_id, category, severity, location, is_outside, place_text, note,
    reporter, observed_at, source, phenomenon, dwelling_class, flood_level,
    depth_cm, quick_inspection, people_in_danger, affected, households,
    residents, accuracy_m, located_by, clock_ahead_s
)
SELECT
    r.id, current.id, category, severity, location,
    (
        SELECT NOT bool_or(
            ST_Covers(m.area, location)
            OR ST_DWithin(cast(m.area AS geography), cast(location AS geography), %(margin_m)s)
        )
        FROM municipality m
    ),
    place_text, note, reporter, observed_at, source, phenomenon, dwelling_class, flood_level,
    depth_cm, quick_inspection, people_in_danger, affected, households,
    residents, accuracy_m, located_by, clock_ahead_s
FROM jsonb_to_recordset(%(reports)s) AS r (
    id uuid, category text, severity text, location geometry, place_text text, note text,
    reporter text, observed_at timestamptz, source text, phenomenon text, dwelling_class text,
    flood_level text, depth_cm integer, quick_inspection text, people_in_danger integer,
    affected double precision, households integer, residents integer,
    accuracy_m double precision, located_by text, clock_ahead_s integer
), current
ON CONFLICT (id) DO NOTHING
RETURNING id
