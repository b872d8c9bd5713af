-- Counts the reports of one statement, and tells where the map has changed. What was rejected, merged
-- into another report or has no place is on no map.
CREATE FUNCTION damage_cells_after_{verb}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    first_id bigint;
    last_id bigint;
    touched text[];
BEGIN
    WITH change AS (
        {changes}
    ),
    placed AS (
        SELECT *, map_column(location_3857) AS at_x, map_row(location_3857) AS at_y FROM change
        WHERE location_3857 IS NOT NULL AND merged_into_id IS NULL AND state <> 'rejected'
    ),
    part AS (
        SELECT
            incident_id, level, at_x >> (28 - level) AS x, at_y >> (28 - level) AS y,
            category, state <> 'unconfirmed' AS is_confirmed,
            coalesce(sum(n) FILTER (WHERE severity = 'severe'), 0) AS severe,
            coalesce(sum(n) FILTER (WHERE severity = 'moderate'), 0) AS moderate,
            coalesce(sum(n) FILTER (WHERE severity = 'minor'), 0) AS minor,
            coalesce(sum(n) FILTER (WHERE severity IS NULL), 0) AS unknown,
            sum(cast(n AS bigint) * at_x) AS sum_x, sum(cast(n AS bigint) * at_y) AS sum_y
        FROM placed CROSS JOIN unnest('{16,20}'::smallint[]) AS level
        GROUP BY 1, 2, 3, 4, 5, 6
    ),
    added AS (
        INSERT INTO damage_cell (
            incident_id, level, x, y, category, is_confirmed,
            severe, moderate, minor, unknown, sum_x, sum_y, is_sum
        )
        SELECT *, false FROM part
        WHERE (severe, moderate, minor, unknown, sum_x, sum_y) <> (0, 0, 0, 0, 0, 0)
        RETURNING id
    )
    SELECT
        (SELECT min(id) FROM added), (SELECT max(id) FROM added),
        (SELECT array_agg(DISTINCT x || ',' || y) FROM part WHERE level = 16)
    INTO first_id, last_id, touched;
    IF touched IS NOT NULL THEN
        -- A notice holds 8,000 bytes; where more has changed, all of the map is read again.
        PERFORM pg_notify(
            'hq_change',
            'damage_cell'
            || CASE WHEN cardinality(touched) <= 300 THEN ' ' || array_to_string(touched, ' ') ELSE '' END
        );
    END IF;
    IF first_id / 1000 < last_id / 1000 OR last_id % 1000 = 0 THEN
        PERFORM add_damage_cells_up();
    END IF;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION damage_cells_after_{verb} FROM PUBLIC;
