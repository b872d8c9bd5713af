-- Lines of the ledger (a JSON array), all in one statement: what keeps the stock runs once. What leaves a
-- place whose stock is invented is invented wherever it goes.
INSERT INTO movement (
    filing_id, number, kind, item_code, lot, expires_on, from_place_id, to_place_id,
    quantity, counted, dispatch_id, reason, is_fictitious, supersedes_id, observed_at, source
)
SELECT
    filing_id, number, kind, item_code, lot, expires_on, from_place_id, to_place_id,
    quantity, counted, dispatch_id, reason,
    is_fictitious OR EXISTS (SELECT FROM stock s WHERE s.place_id = l.from_place_id
                             AND s.item_code = l.item_code AND s.is_fictitious),
    supersedes_id, observed_at, source
FROM jsonb_to_recordset(%(lines)s) AS l (
    filing_id uuid, number integer, kind text, item_code text, lot text, expires_on date,
    from_place_id uuid, to_place_id uuid, quantity integer, counted integer, dispatch_id uuid,
    reason text, is_fictitious boolean, supersedes_id uuid, observed_at timestamptz, source text
)
