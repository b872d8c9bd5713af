-- A tile of single reports, as a vector tile, and how many there are: more than are asked for, and
-- the tile holds not all of them. The box finds them by the index on the map's place (here it is as
-- good as the tile: both edges included); column and row say whose the one on an edge is.
WITH near AS MATERIALIZED (
    SELECT id, category, severity, state, observed_at,
           map_column(location_3857) AS at_x, map_row(location_3857) AS at_y
    FROM damage_report
    WHERE location_3857 && ST_MakeEnvelope(:west, :south, :east, :north, 3857)
    AND incident_id = :incident_id AND merged_into_id IS NULL AND state <> 'rejected'
    AND (cast(:categories AS text[]) IS NULL OR category = ANY (:categories))
    AND coalesce(severity, 'unknown') = ANY (:severities)
    AND (cast(:is_confirmed AS boolean) IS NULL OR (state <> 'unconfirmed') = :is_confirmed)
),
report AS MATERIALIZED (
    SELECT * FROM near
    WHERE at_x BETWEEN :first_x AND :last_x AND at_y BETWEEN :first_y AND :last_y
    LIMIT :most + 1
),
mark AS (
    SELECT cast(id AS text), category, severity, state,
           cast(date_part('epoch', observed_at) AS bigint) AS observed,
           ST_Point((at_x - :first_x) * :scale, (at_y - :first_y) * :scale) AS place
    FROM report
)
SELECT (SELECT count(*) FROM report) AS reports, ST_AsMVT(mark, 'reports', 4096, 'place') AS tile
FROM mark
