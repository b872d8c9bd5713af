-- The last word on each shelter and on each district of an incident: who has to ask there. A word on
-- a shelter that was joined to another one is a word on that one.
SELECT DISTINCT ON (coalesce(s.joined_to_id, a.shelter_id), a.district)
    coalesce(s.joined_to_id, a.shelter_id) AS shelter_id, a.district, a.assignee
FROM assignment a
LEFT JOIN shelter s ON s.id = a.shelter_id
WHERE a.incident_id = :incident_id AND a.recorded_at <= :at
ORDER BY coalesce(s.joined_to_id, a.shelter_id), a.district, a.number DESC
