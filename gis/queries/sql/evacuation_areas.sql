-- Where some announcements apply: as drawn, else about where their towns lie. Of a town only its
-- point is known; what lies nearer to it than to any other town, inside the boundary, stands for it
-- (Voronoi cells, made of the points of the whole municipality). Metres of EPSG:3857 are stretched
-- alike in all directions, so that what is nearest there is nearest.
WITH announced AS (
    SELECT a.id, a.area_3857, a.town_codes, m.code AS municipality_code, m.area_3857 AS boundary
    FROM evacuation_announcement a
    JOIN evacuation_order o ON o.id = a.order_id
    JOIN municipality m ON m.code = o.municipality_code
    WHERE a.id = ANY(cast(:announcement_ids AS uuid[]))
),
cell AS (
    SELECT t.code, part.geom AS area
    FROM municipality m
    CROSS JOIN LATERAL (
        SELECT ST_VoronoiPolygons(ST_Collect(p.location_3857), 0, m.area_3857) AS cells
        FROM town p WHERE p.municipality_code = m.code
    ) voronoi
    CROSS JOIN LATERAL ST_Dump(voronoi.cells) part
    JOIN town t ON t.municipality_code = m.code AND ST_Covers(part.geom, t.location_3857)
    WHERE m.code IN (SELECT municipality_code FROM announced WHERE area_3857 IS NULL)
),
-- A municipality of one town has no cells: its boundary is the town's.
covered AS (
    SELECT a.id, coalesce(a.area_3857, ST_CollectionExtract(ST_Intersection(a.boundary, towns.area), 3),
                          a.boundary) AS area
    FROM announced a
    CROSS JOIN LATERAL (
        SELECT ST_Union(c.area) AS area FROM cell c WHERE c.code = ANY(a.town_codes)
    ) towns
)
SELECT id, cast(ST_AsGeoJSON(ST_Transform(ST_Multi(area), 4326), 6) AS json) AS geometry,
       ST_X(label) AS lon, ST_Y(label) AS lat
FROM covered
CROSS JOIN LATERAL ST_Transform(ST_PointOnSurface(area), 4326) label
WHERE NOT ST_IsEmpty(area)
