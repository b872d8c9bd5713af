UPDATE designation d SET common_id = n.common_id
FROM new_designation n
WHERE d.id = n.known_id
