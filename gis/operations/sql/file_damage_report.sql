-- A report in the incident that is current; none where no incident is open, or where the report is
-- there already. Whoever wants to close the incident waits for us; had it been closed a moment ago, we
-- see that. A place is outside that lies in no municipality of the store; unknown where there is none.
-- Boundaries are simplified by some metres, and a beach is damaged beyond the shore line: what lies
-- within the margin of one counts as inside. Most places lie inside, which costs less than half of
-- what metres from a boundary cost.
WITH current AS (
    SELECT id FROM incident WHERE closed_at IS NULL ORDER BY recorded_at DESC, id LIMIT 1 FOR SHARE
), place AS (
    SELECT cast(%(location)s AS geometry) AS location
), judged AS (
    SELECT NOT bool_or(
        ST_Covers(area, location)
        OR ST_DWithin(cast(area AS geography), cast(location AS geography), %(margin_m)s)
    ) AS is_outside
    FROM municipality, place
)
INSERT INTO damage_report (
    id, incident_id, category, severity, location, is_outside, place_text, note,
    reporter, observed_at, source, phenomenon, dwelling_class, flood_level,
    depth_cm, quick_inspection, people_in_danger, affected, households,
    residents, accuracy_m, located_by, clock_ahead_s
)
SELECT
    %(id)s, current.id, %(category)s, %(severity)s, location, is_outside, %(place_text)s, %(note)s,
    %(reporter)s, %(observed_at)s, %(source)s, %(phenomenon)s, %(dwelling_class)s, %(flood_level)s,
    %(depth_cm)s, %(quick_inspection)s, %(people_in_danger)s, %(affected)s, %(households)s,
    %(residents)s, %(accuracy_m)s, %(located_by)s, %(clock_ahead_s)s
FROM current, place, judged
ON CONFLICT (id) DO NOTHING
