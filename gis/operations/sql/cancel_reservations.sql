INSERT INTO dispatch_event (dispatch_id, number, step, observed_at, source)
SELECT id, version + 1, 'cancelled', hq_now(), 'other' FROM dispatch
WHERE incident_id = :incident_id AND state = 'reserved'
ORDER BY from_place_id, id
