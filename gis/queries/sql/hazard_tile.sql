-- The zones of some editions in a tile of the web's grid, as a Mapbox vector tile: simplified to a
-- grid of :fineness cells a side, zones smaller than a cell left out. The index is on the whole zones:
-- their pieces would show where they were cut.
WITH tile AS (
    SELECT envelope, (ST_XMax(envelope) - ST_XMin(envelope)) / :fineness AS cell_m
    FROM (SELECT ST_TileEnvelope(:z, :x, :y)) bounds(envelope)
),
seen AS (
    SELECT z.id, l.hazard, l.title, e.is_fictitious, z.label, z.name, z.min_depth_m, z.max_depth_m,
           z.depth_class, z.warning,
           ST_AsMVTGeom(ST_Simplify(z.area_3857, t.cell_m), t.envelope, 4 * :fineness, :fineness / 16) AS area
    FROM tile t
    JOIN hazard_zone z ON z.area_3857 && ST_Expand(t.envelope, 16 * t.cell_m)
    JOIN hazard_edition e ON e.id = z.edition_id
    JOIN hazard_layer l ON l.id = e.layer_id
    WHERE z.edition_id = ANY(cast(:edition_ids AS uuid[])) AND ST_Area(z.area_3857) >= t.cell_m * t.cell_m
)
SELECT ST_AsMVT(drawn, 'hazard-zones', 4 * :fineness, 'area')
FROM (
    SELECT hazard, title, is_fictitious, label, name, min_depth_m, max_depth_m, depth_class, warning, area
    FROM seen WHERE area IS NOT NULL
    ORDER BY min_depth_m NULLS FIRST, id
) drawn
