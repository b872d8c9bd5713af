-- What a person changes meanwhile must not be overwritten unseen: they wait, then see the new value.
SELECT FROM shelter WHERE id IN (SELECT shelter_id FROM given) ORDER BY id FOR NO KEY UPDATE
