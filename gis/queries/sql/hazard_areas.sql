-- The zones of some editions as GeoJSON, those that lie over others last: simplified to :tolerance_m,
-- those smaller than that on a side left out. Metres are those of Web Mercator, some fifth longer here.
SELECT z.id, z.edition_id, z.label, z.name, z.min_depth_m, z.max_depth_m, z.depth_class, z.warning,
       ST_AsGeoJSON(ST_Transform(ST_SimplifyPreserveTopology(z.area_3857, :tolerance_m), 4326), 5) AS area
FROM hazard_zone z
WHERE z.edition_id = ANY(cast(:edition_ids AS uuid[])) AND ST_Area(z.area_3857) >= :tolerance_m * :tolerance_m
ORDER BY z.min_depth_m NULLS FIRST, z.id
