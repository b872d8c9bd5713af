-- The latest known value of each item of some openings' condition reports, each looked up apart, so that
-- a partial report does not erase a fuller one. Of reports of one moment the one that came last holds.
-- Some dozen rows of each at most.
SELECT DISTINCT ON (r.opening_id, said.item) r.opening_id, said.item, said.value, r.observed_at, r.recorded_by
FROM condition_report r
CROSS JOIN LATERAL jsonb_each(to_jsonb(r)) said(item, value)
WHERE r.opening_id = ANY(cast(:opening_ids AS uuid[]))
  AND said.item = ANY(cast(:items AS text[])) AND jsonb_typeof(said.value) <> 'null'
  AND least(r.observed_at, r.recorded_at) <= :at AND r.recorded_at <= :known_at
ORDER BY r.opening_id, said.item, least(r.observed_at, r.recorded_at) DESC, r.recorded_at DESC, r.id DESC
