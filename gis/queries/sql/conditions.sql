-- The latest known value of each item of an opening's condition reports, each looked up apart, so that
-- a partial report does not erase a fuller one. Of reports of one moment the one that came last holds.
-- Some dozen rows at most: an opening's own.
SELECT DISTINCT ON (said.item) said.item, said.value, r.observed_at, r.recorded_by
FROM condition_report r
CROSS JOIN LATERAL jsonb_each(to_jsonb(r)) said(item, value)
WHERE r.opening_id = :opening_id
  AND said.item = ANY(cast(:items AS text[])) AND jsonb_typeof(said.value) <> 'null'
  AND least(r.observed_at, r.recorded_at) <= :at AND r.recorded_at <= :known_at
ORDER BY said.item, least(r.observed_at, r.recorded_at) DESC, r.recorded_at DESC, r.id DESC
