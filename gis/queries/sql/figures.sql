-- The latest known value of each figure of some openings: of counts of one moment the larger one, as in
-- shelter_statuses.sql. Some hundred rows of each at most.
SELECT DISTINCT ON (r.opening_id, f.figure) r.opening_id, f.figure, f.count, r.observed_at, r.recorded_by, r.source
FROM occupancy_reading r
CROSS JOIN LATERAL (VALUES
    ('persons', persons), ('households', households), ('voluntary_persons', voluntary_persons),
    ('voluntary_households', voluntary_households), ('men', men), ('women', women),
    ('gender_unknown', gender_unknown), ('infants', infants), ('special_care', special_care),
    ('staff', staff), ('supporters', supporters), ('outside_persons', outside_persons),
    ('outside_households', outside_households)
) f(figure, count)
WHERE r.opening_id = ANY(cast(:opening_ids AS uuid[])) AND f.count IS NOT NULL
  AND least(r.observed_at, r.recorded_at) <= :at AND r.recorded_at <= :known_at
  AND NOT EXISTS (SELECT FROM occupancy_reading n
                  WHERE n.supersedes_id = r.id AND n.opening_id IS NOT DISTINCT FROM r.opening_id AND n.recorded_at <= :known_at)
ORDER BY r.opening_id, f.figure, least(r.observed_at, r.recorded_at) DESC, f.count DESC, r.id DESC
