-- What stands of each piece of equipment in each place, one row for each. Figures are those of the last
-- check that counted: what it left out nobody knows. A note alone is no check, so that it leaves figures
-- and due date as they are; a check without a next date says that none is due. Two places of one shelter
-- are one where the shelters were joined.
WITH told AS (
    SELECT coalesce(h.joined_to_id, c.place_id) AS place_id, c.item_code, c.working, c.broken, c.in_use,
           c.next_check_on, c.note, c.observed_at, c.recorded_by,
           num_nonnulls(c.working, c.broken) > 0 AS counts,
           row_number() OVER (ORDER BY c.observed_at DESC, c.recorded_at DESC, c.id) AS place_in_time
    FROM equipment_check c
    LEFT JOIN shelter h ON h.id = c.place_id
)
SELECT place_id, item_code,
       (array_agg(working ORDER BY place_in_time) FILTER (WHERE counts))[1] AS working,
       (array_agg(broken ORDER BY place_in_time) FILTER (WHERE counts))[1] AS broken,
       (array_agg(in_use ORDER BY place_in_time) FILTER (WHERE counts))[1] AS in_use,
       (array_agg(next_check_on ORDER BY place_in_time)
            FILTER (WHERE counts OR next_check_on IS NOT NULL))[1] AS next_check_on,
       (array_agg(note ORDER BY place_in_time) FILTER (WHERE note IS NOT NULL))[1] AS note,
       max(observed_at) FILTER (WHERE counts) AS checked_at,
       (array_agg(recorded_by ORDER BY place_in_time) FILTER (WHERE counts))[1] AS checked_by
FROM told
GROUP BY place_id, item_code
ORDER BY place_id, item_code
