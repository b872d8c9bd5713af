-- A tile of cells, as a vector tile: each with how many reports of which severity lie in it, on the
-- average of their places; a cell of one report is that report.
WITH part AS (
    SELECT x >> :shift AS x, y >> :shift AS y, is_confirmed, sum_x, sum_y,
           severe + moderate + minor + unknown AS reports,
           CASE WHEN 'severe' = ANY (:severities) THEN severe ELSE 0 END AS severe,
           CASE WHEN 'moderate' = ANY (:severities) THEN moderate ELSE 0 END AS moderate,
           CASE WHEN 'minor' = ANY (:severities) THEN minor ELSE 0 END AS minor,
           CASE WHEN 'unknown' = ANY (:severities) THEN unknown ELSE 0 END AS unknown
    FROM damage_cell
    WHERE incident_id = :incident_id AND level = :level
    AND x BETWEEN :cell_first_x AND :cell_last_x AND y BETWEEN :cell_first_y AND :cell_last_y
    AND (cast(:categories AS text[]) IS NULL OR category = ANY (:categories))
    AND (cast(:is_confirmed AS boolean) IS NULL OR is_confirmed = :is_confirmed)
),
cell AS (
    SELECT x, y, sum(severe) AS severe, sum(moderate) AS moderate, sum(minor) AS minor,
           sum(severe + moderate + minor + unknown) AS n,
           sum(severe + moderate + minor + unknown) FILTER (WHERE is_confirmed) AS confirmed,
           cast(sum(sum_x) / nullif(sum(reports), 0) AS bigint) AS at_x,
           cast(sum(sum_y) / nullif(sum(reports), 0) AS bigint) AS at_y
    FROM part GROUP BY x, y
    HAVING sum(severe + moderate + minor + unknown) > 0
),
mark AS (
    SELECT cast(r.id AS text) AS id, r.category, r.severity, r.state,
           cast(extract(epoch FROM r.observed_at) AS bigint) AS observed,
           cast(NULL AS integer) AS n, cast(NULL AS integer) AS severe,
           cast(NULL AS integer) AS moderate, cast(NULL AS integer) AS minor,
           cast(NULL AS boolean) AS is_confirmed,
           map_column(r.location_3857) AS at_x, map_row(r.location_3857) AS at_y
    FROM cell
    CROSS JOIN LATERAL (
        SELECT * FROM damage_report
        WHERE location_3857 && ST_MakeEnvelope(
            :west + (cell.x - :cell_x) * cast(:cell_m AS double precision),
            :north - (cell.y - :cell_y + 1) * cast(:cell_m AS double precision),
            :west + (cell.x - :cell_x + 1) * cast(:cell_m AS double precision),
            :north - (cell.y - :cell_y) * cast(:cell_m AS double precision), 3857
        )
        AND map_column(location_3857) >> :cell_bits = cell.x
        AND map_row(location_3857) >> :cell_bits = cell.y
        AND incident_id = :incident_id AND merged_into_id IS NULL AND state <> 'rejected'
        AND (cast(:categories AS text[]) IS NULL OR category = ANY (:categories))
        AND coalesce(severity, 'unknown') = ANY (:severities)
        AND (cast(:is_confirmed AS boolean) IS NULL OR (state <> 'unconfirmed') = :is_confirmed)
        LIMIT 1
    ) r
    WHERE n = 1
    UNION ALL
    SELECT concat(cast(:cell_level AS integer), '/', x, '/', y), NULL, NULL, NULL, NULL,
           n, severe, moderate, minor, coalesce(confirmed, 0) > 0, at_x, at_y
    FROM cell WHERE n > 1
)
SELECT ST_AsMVT(mark, 'reports', 4096, 'place') AS tile
FROM (
    SELECT id, category, severity, state, observed,
           cast(n AS integer), cast(severe AS integer), cast(moderate AS integer),
           cast(minor AS integer), is_confirmed,
           ST_Point((at_x - :first_x) * :scale, (at_y - :first_y) * :scale) AS place
    FROM mark
) mark
