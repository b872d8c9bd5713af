-- How many shelters an inventory adds, changes and leaves as they are; the three add up.
SELECT count(*) FILTER (WHERE shelter_id IS NULL) AS added,
       count(*) FILTER (WHERE shelter_id IS NOT NULL AND (is_altered OR is_designated_anew)) AS changed,
       count(*) FILTER (WHERE shelter_id IS NOT NULL AND NOT (is_altered OR is_designated_anew))
           AS unchanged,
       count(*) FILTER (WHERE is_retired) AS retired
FROM merged
