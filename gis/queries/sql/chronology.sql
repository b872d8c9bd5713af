-- A page of an incident's chronology, the latest first: what staff wrote, the states of shelters, head
-- counts, damage reports, assignments, announcements of evacuation orders, statements of road closures, and the incident's own beginning and end. First the page's
-- keys are found among everything, then the facts of its few rows are looked up, each by its index.
-- What is searched is folded as :search is: NFKC, so that half and full width are alike, lower case;
-- strpos knows no wildcards. An observation counts from when it was recorded at the latest; taking a
-- state back happens when it is done, not since when the earlier state holds again.
WITH place AS (
    SELECT o.id AS opening_id, n.id AS shelter_id, n.name,
           strpos(lower(normalize(concat_ws(chr(10), n.name, s.name), NFKC)), :search) > 0 AS is_found
    FROM opening o
    JOIN shelter s ON s.id = o.shelter_id
    JOIN shelter n ON n.id = coalesce(s.joined_to_id, s.id)
    WHERE o.incident_id = :incident_id
      AND (cast(:shelter_id AS uuid) IS NULL OR cast(:shelter_id AS uuid) IN (s.id, n.id))
),
happened AS (
    SELECT 'entry' AS kind, e.id, e.happened_at, e.recorded_at
    FROM chronology_entry e
    WHERE e.incident_id = :incident_id AND cast(:shelter_id AS uuid) IS NULL
      AND (cast(:search AS text) IS NULL OR strpos(lower(normalize(
              concat_ws(chr(10), e.content, e.sender, e.recipient, e.action, e.assignee), NFKC)), :search) > 0)
      AND (NOT :unfinished OR (coalesce(e.action, e.assignee) IS NOT NULL
                               AND (e.done_at IS NULL OR e.done_at > :as_of)))
    UNION ALL
    SELECT 'state', t.id, CASE WHEN t.supersedes IS NULL THEN t.since_at ELSE t.recorded_at END, t.recorded_at
    FROM place o
    JOIN opening_state t ON t.opening_id = o.opening_id
    WHERE cast(:search AS text) IS NULL OR o.is_found
       OR strpos(lower(normalize(t.reason, NFKC)), :search) > 0
    UNION ALL
    SELECT 'reading', r.id, least(r.observed_at, r.recorded_at), r.recorded_at
    FROM place o
    JOIN occupancy_reading r ON r.opening_id = o.opening_id
    WHERE cast(:search AS text) IS NULL OR o.is_found
       OR strpos(lower(normalize(r.note, NFKC)), :search) > 0
    UNION ALL
    SELECT 'damage_report', d.id, least(d.observed_at, d.recorded_at), d.recorded_at
    FROM damage_report d
    WHERE d.incident_id = :incident_id AND cast(:shelter_id AS uuid) IS NULL
      AND (cast(:search AS text) IS NULL OR strpos(lower(normalize(
              concat_ws(chr(10), d.place_text, d.note, d.reporter), NFKC)), :search) > 0)
    UNION ALL
    SELECT 'assignment', a.id, a.recorded_at, a.recorded_at
    FROM assignment a
    LEFT JOIN shelter s ON s.id = a.shelter_id
    LEFT JOIN shelter n ON n.id = coalesce(s.joined_to_id, s.id)
    WHERE a.incident_id = :incident_id
      AND (cast(:shelter_id AS uuid) IS NULL OR cast(:shelter_id AS uuid) IN (s.id, n.id))
      AND (cast(:search AS text) IS NULL OR strpos(lower(normalize(
              concat_ws(chr(10), n.name, s.name, a.district, a.assignee), NFKC)), :search) > 0)
    UNION ALL
    SELECT 'evacuation_order', a.id, CASE WHEN a.supersedes IS NULL THEN a.announced_at ELSE a.recorded_at END,
           a.recorded_at
    FROM evacuation_order o
    JOIN evacuation_announcement a ON a.order_id = o.id
    WHERE o.incident_id = :incident_id AND cast(:shelter_id AS uuid) IS NULL
      AND (cast(:search AS text) IS NULL OR strpos(lower(normalize(
              concat_ws(chr(10), a.reason, a.guidance, a.note,
                        (SELECT string_agg(t.name, chr(10)) FROM town t WHERE t.code = ANY(a.town_codes))),
              NFKC)), :search) > 0)
    UNION ALL
    SELECT 'road_closure', s.id, CASE WHEN s.supersedes IS NULL THEN least(s.observed_at, s.recorded_at) ELSE s.recorded_at END,
           s.recorded_at
    FROM road_closure c
    JOIN road_closure_statement s ON s.closure_id = c.id
    WHERE c.incident_id = :incident_id AND cast(:shelter_id AS uuid) IS NULL
      AND (cast(:search AS text) IS NULL OR strpos(lower(normalize(
              concat_ws(chr(10), s.road_name, s.section, s.reason), NFKC)), :search) > 0)
    UNION ALL
    SELECT turn.kind, i.id, turn.happened_at, turn.recorded_at
    FROM incident i
    CROSS JOIN LATERAL (VALUES ('incident_opened', i.started_at, i.recorded_at),
                               ('incident_closed', i.closed_at, i.closed_at)
    ) turn(kind, happened_at, recorded_at)
    WHERE i.id = :incident_id AND turn.happened_at IS NOT NULL AND cast(:shelter_id AS uuid) IS NULL
      AND (cast(:search AS text) IS NULL OR strpos(lower(normalize(i.name, NFKC)), :search) > 0)
),
page AS MATERIALIZED (
    SELECT kind, id, happened_at, recorded_at
    FROM happened
    WHERE recorded_at <= :as_of
      AND (cast(:kinds AS text[]) IS NULL OR kind = ANY(cast(:kinds AS text[])))
      AND (NOT :unfinished OR kind = 'entry')
      AND (cast(:since AS timestamptz) IS NULL OR happened_at >= :since)
      AND (cast(:until AS timestamptz) IS NULL OR happened_at <= :until)
      AND (cast(:before_id AS uuid) IS NULL
           OR (happened_at, recorded_at, id, kind)
              < (cast(:before_happened_at AS timestamptz), cast(:before_recorded_at AS timestamptz),
                 cast(:before_id AS uuid), cast(:before_kind AS text)))
    ORDER BY happened_at DESC, recorded_at DESC, id DESC, kind DESC
    LIMIT :limit
)
SELECT p.kind, p.id, p.happened_at, p.recorded_at,
       told.recorded_by, told.subject, told.shelter_id, told.report_id, told.facts
FROM page p
CROSS JOIN LATERAL (
    SELECT e.recorded_by, cast(NULL AS text) AS subject, cast(NULL AS uuid) AS shelter_id,
           cast(NULL AS uuid) AS report_id, jsonb_build_object(
               'sender', e.sender, 'recipient', e.recipient, 'content', e.content, 'action', e.action,
               'assignee', e.assignee, 'version', e.version,
               'done_at', CASE WHEN e.done_at <= :as_of THEN e.done_at END) AS facts
    FROM chronology_entry e
    WHERE p.kind = 'entry' AND e.id = p.id
    UNION ALL
    SELECT t.recorded_by, n.name, n.id, NULL, jsonb_build_object(
               'state', t.state, 'since_at', t.since_at, 'reason', t.reason,
               'takes_back', (SELECT b.state FROM opening_state b
                              WHERE b.opening_id = t.opening_id AND b.number = t.supersedes),
               'is_taken_back', EXISTS (SELECT FROM opening_state n
                                        WHERE n.opening_id = t.opening_id AND n.supersedes = t.number
                                          AND n.recorded_at <= :as_of))
    FROM opening_state t
    JOIN opening o ON o.id = t.opening_id
    JOIN shelter s ON s.id = o.shelter_id
    JOIN shelter n ON n.id = coalesce(s.joined_to_id, s.id)
    WHERE p.kind = 'state' AND t.id = p.id
    UNION ALL
    SELECT r.recorded_by, n.name, n.id, NULL, jsonb_build_object(
               'persons', r.persons, 'households', r.households, 'note', r.note, 'source', r.source,
               'corrects', EXISTS (SELECT FROM occupancy_reading b
                                   WHERE b.id = r.supersedes_id AND b.opening_id = r.opening_id),
               'is_corrected', r.is_corrected,
               'change', CASE WHEN NOT r.is_corrected THEN r.persons - b.persons END)
    FROM (SELECT c.*, EXISTS (SELECT FROM occupancy_reading n
                              WHERE n.supersedes_id = c.id AND n.opening_id IS NOT DISTINCT FROM c.opening_id
                                AND n.recorded_at <= :as_of) AS is_corrected
          FROM occupancy_reading c) r
    JOIN opening o ON o.id = r.opening_id
    JOIN shelter s ON s.id = o.shelter_id
    JOIN shelter n ON n.id = coalesce(s.joined_to_id, s.id)
    LEFT JOIN LATERAL (
        SELECT b.persons
        FROM occupancy_reading b
        WHERE b.opening_id = r.opening_id AND b.persons IS NOT NULL AND b.recorded_at <= :as_of
          AND least(b.observed_at, b.recorded_at) <= p.happened_at
          AND (least(b.observed_at, b.recorded_at), b.persons, b.id) < (p.happened_at, r.persons, r.id)
          AND NOT EXISTS (SELECT FROM occupancy_reading n
                          WHERE n.supersedes_id = b.id AND n.opening_id IS NOT DISTINCT FROM b.opening_id
                            AND n.recorded_at <= :as_of)
        ORDER BY least(b.observed_at, b.recorded_at) DESC, b.persons DESC, b.id DESC
        LIMIT 1
    ) b ON r.persons IS NOT NULL
    WHERE p.kind = 'reading' AND r.id = p.id
    UNION ALL
    SELECT d.recorded_by, d.category, NULL, d.id, jsonb_build_object(
               'severity', d.severity, 'place_text', d.place_text, 'lon', ST_X(d.location),
               'lat', ST_Y(d.location), 'note', d.note, 'reporter', d.reporter, 'source', d.source)
    FROM damage_report d
    WHERE p.kind = 'damage_report' AND d.id = p.id
    UNION ALL
    SELECT a.recorded_by, coalesce(n.name, a.district), n.id, NULL,
           jsonb_build_object('assignee', a.assignee)
    FROM assignment a
    LEFT JOIN shelter s ON s.id = a.shelter_id
    LEFT JOIN shelter n ON n.id = coalesce(s.joined_to_id, s.id)
    WHERE p.kind = 'assignment' AND a.id = p.id
    UNION ALL
    SELECT a.recorded_by, NULL, NULL, NULL, jsonb_build_object(
               'order_id', a.order_id, 'hazard', o.hazard, 'action', a.action, 'kind', a.kind,
               'areas', target.areas, 'is_whole', target.is_whole, 'is_drawn', a.area IS NOT NULL,
               'persons', jsonb_build_object('known', a.persons, 'unknown_places', a.persons_unknown_towns),
               'reason', a.reason, 'guidance', a.guidance, 'note', a.note,
               'is_taken_back', EXISTS (SELECT FROM evacuation_announcement n
                                        WHERE n.order_id = a.order_id AND n.supersedes = a.number
                                          AND n.recorded_at <= :as_of))
    FROM evacuation_announcement a
    JOIN evacuation_order o ON o.id = a.order_id
    CROSS JOIN LATERAL evacuation_target(a.id) target
    WHERE p.kind = 'evacuation_order' AND a.id = p.id
    UNION ALL
    SELECT s.recorded_by, NULL, NULL, NULL, jsonb_build_object(
               'closure_id', s.closure_id, 'action', s.action, 'grade', s.grade, 'road_name', s.road_name,
               'section', s.section, 'reason', s.reason, 'source', s.source,
               'is_taken_back', EXISTS (SELECT FROM road_closure_statement n
                                        WHERE n.closure_id = s.closure_id AND n.supersedes = s.number
                                          AND n.recorded_at <= :as_of))
    FROM road_closure_statement s
    WHERE p.kind = 'road_closure' AND s.id = p.id
    UNION ALL
    SELECT CASE p.kind WHEN 'incident_opened' THEN i.recorded_by ELSE (
               SELECT c.actor FROM change_record c
               WHERE c.table_name = 'incident' AND c.row_key = cast(i.id AS text) AND c.action = 'update'
                 AND c.before ->> 'closed_at' IS NULL AND c.after ->> 'closed_at' IS NOT NULL
               ORDER BY c.id DESC LIMIT 1) END,
           i.name, NULL, NULL, jsonb_build_object('kind', i.kind)
    FROM incident i
    WHERE p.kind IN ('incident_opened', 'incident_closed') AND i.id = p.id
) told
ORDER BY p.happened_at DESC, p.recorded_at DESC, p.id DESC, p.kind DESC
