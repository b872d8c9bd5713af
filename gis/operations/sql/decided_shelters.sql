-- What became of shelters that a person chose: one that was joined meanwhile is that one; one that was
-- taken off the register is no answer any more.
SELECT id, coalesce(joined_to_id, id) AS shelter_id FROM shelter
WHERE id = ANY(:chosen) AND retired_at IS NULL
