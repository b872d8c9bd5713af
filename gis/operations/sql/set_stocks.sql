INSERT INTO stock (shelter_id, item_code, quantity, observed_at, is_fictitious)
SELECT d.shelter_id, g.item_code, g.quantity, hq_now(), g.is_fictitious
FROM jsonb_to_recordset(cast(:stocks AS jsonb))
     AS g(common_id text, item_code text, quantity integer, is_fictitious boolean)
JOIN designation d USING (common_id)
ON CONFLICT (shelter_id, item_code) DO NOTHING
