-- The layers of hazard zones, each with the edition that counted at a moment (:known_at) and with what
-- was said until then about its counting in an incident: NULL where nobody said anything.
SELECT l.id, l.hazard, l.title, e.id AS edition_id, e.number, e.source, e.credit, e.is_fictitious,
       e.recorded_at, e.recorded_by, said.is_active AS said
FROM hazard_layer l
JOIN LATERAL (
    SELECT * FROM hazard_edition e
    WHERE e.layer_id = l.id AND e.recorded_at <= :known_at
    ORDER BY e.number DESC LIMIT 1
) e ON true
LEFT JOIN LATERAL (
    SELECT c.is_active FROM hazard_choice c
    WHERE c.incident_id = :incident_id AND c.layer_id = l.id AND c.recorded_at <= :known_at
    ORDER BY c.number DESC LIMIT 1
) said ON true
ORDER BY l.hazard, l.title
