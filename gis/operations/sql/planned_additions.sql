SELECT row_number, name, address, ST_X(location) AS lon, ST_Y(location) AS lat
FROM merged WHERE shelter_id IS NULL
ORDER BY row_number
LIMIT :most
