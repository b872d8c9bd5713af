-- The zones of some editions in a tile of the web's grid, as a Mapbox vector tile: simplified to a
-- grid of :fineness cells a side; those smaller than a cell, and beyond :most the smallest, are left
-- out. The whole zones are drawn: their pieces would show where they were cut. Clipped first, beyond
-- what can be seen, a long coast costs as much as the tile shows of it.
WITH tile AS (
    SELECT envelope, (ST_XMax(envelope) - ST_XMin(envelope)) / :fineness AS cell_m
    FROM (SELECT ST_TileEnvelope(:z, :x, :y)) bounds(envelope)
),
seen AS (
    SELECT z.id, z.edition_id, z.label, z.name, z.min_depth_m, z.max_depth_m, z.depth_class, z.warning,
           t.envelope, t.cell_m, clipped.area, ST_Area(clipped.area) AS area_m2
    FROM tile t
    JOIN hazard_zone z ON z.area_3857 && t.envelope
    CROSS JOIN LATERAL ST_ClipByBox2D(z.area_3857, box2d(ST_Expand(t.envelope, 32 * t.cell_m))) clipped(area)
    WHERE z.edition_id = ANY(cast(:edition_ids AS uuid[]))
),
largest AS (
    SELECT * FROM seen WHERE area_m2 >= cell_m * cell_m ORDER BY area_m2 DESC, id LIMIT :most
)
SELECT ST_AsMVT(drawn, 'hazard-zones', 4 * :fineness, 'area')
FROM (
    SELECT l.hazard, l.title, e.is_fictitious, s.label, s.name, s.min_depth_m, s.max_depth_m, s.depth_class, s.warning,
           ST_AsMVTGeom(ST_Simplify(s.area, s.cell_m), s.envelope, 4 * :fineness, :fineness / 8) AS area
    FROM largest s
    JOIN hazard_edition e ON e.id = s.edition_id
    JOIN hazard_layer l ON l.id = e.layer_id
    ORDER BY s.min_depth_m NULLS FIRST, s.id
) drawn
WHERE area IS NOT NULL
