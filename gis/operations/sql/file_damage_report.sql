-- A report in the incident that is current; none where no incident is open, or where the report is
-- there already. Whoever wants to close the incident waits until the transaction ends (held_open).
-- A place lies outside where it is in no municipality of the store; boundaries are simplified by some
-- metres, and a beach is damaged beyond the shore line: what lies within the margin of one is inside.
-- Most places lie inside, which costs less than half of what metres from a boundary cost.
WITH current AS (
    SELECT id FROM incident WHERE closed_at IS NULL ORDER BY recorded_at DESC, id LIMIT 1 FOR SHARE
), place AS (
    SELECT cast(:location AS geometry) AS location
), judged AS (
    SELECT NOT bool_or(ST_Covers(m.area, p.location)
                       OR ST_DWithin(cast(m.area AS geography), cast(p.location AS geography), :margin_m)) AS is_outside
    FROM municipality m, place p
)
INSERT INTO damage_report (
    id, incident_id, category, severity, location, is_outside, place_text, note, reporter,
    observed_at, source, phenomenon, dwelling_class, flood_level, depth_cm, quick_inspection,
    people_in_danger, affected, households, residents, accuracy_m, located_by, clock_ahead_s
)
SELECT
    :id, current.id, :category, :severity, place.location, judged.is_outside, :place_text, :note, :reporter,
    :observed_at, :source, :phenomenon, :dwelling_class, :flood_level, :depth_cm, :quick_inspection,
    :people_in_danger, :affected, :households, :residents, :accuracy_m, :located_by, :clock_ahead_s
FROM current, place, judged
ON CONFLICT (id) DO NOTHING
