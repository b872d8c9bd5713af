-- Closes whatever takes part in an incident; what was to begin later does not begin.
INSERT INTO opening_state (opening_id, number, state, since_at)
SELECT id, version + 1, 'closed', greatest(hq_now(), t.since_at)
FROM opening o
CROSS JOIN LATERAL (SELECT max(since_at) AS since_at FROM opening_state WHERE opening_id = o.id) t
WHERE incident_id = :incident_id AND ended_at IS NULL
