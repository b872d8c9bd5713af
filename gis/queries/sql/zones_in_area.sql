-- Which zones of some editions an area touches, one row per class and not per zone: the square metres
-- of it that lie in them, in the plane of the city's maps. The pieces of the zones are searched by their
-- index; what two of a class have in common counts once.
SELECT z.edition_id, z.label, z.min_depth_m, z.max_depth_m, z.depth_class, z.warning,
       ST_Area(ST_Transform(ST_Union(inside.area), :plane_epsg)) AS area_m2
FROM hazard_zone_part part
JOIN hazard_zone z ON z.id = part.zone_id
CROSS JOIN LATERAL (
    SELECT CASE WHEN ST_Covers(cast(:area AS geometry), part.area) THEN part.area
                ELSE ST_Intersection(cast(:area AS geometry), part.area) END
) inside(area)
WHERE ST_Intersects(cast(:area AS geometry), part.area) AND z.edition_id = ANY(cast(:edition_ids AS uuid[]))
GROUP BY z.edition_id, z.label, z.min_depth_m, z.max_depth_m, z.depth_class, z.warning
ORDER BY CASE WHEN z.min_depth_m IS NOT NULL THEN coalesce(z.max_depth_m, 'Infinity') END DESC NULLS LAST,
         z.min_depth_m DESC, z.warning LIKE 'special%' DESC NULLS LAST, z.label
