-- In which zones of some editions each of many places lies: of each edition the deepest, for
-- which what is open upwards counts as bottomless. The pieces of the zones are searched by their
-- index; a place on the edge lies inside.
SELECT DISTINCT ON (p.number, z.edition_id)
       p.number, z.edition_id, z.label, z.name, z.min_depth_m, z.max_depth_m, z.depth_class, z.warning
FROM unnest(cast(:lons AS double precision[]), cast(:lats AS double precision[])) WITH ORDINALITY p(lon, lat, number)
JOIN hazard_zone_part part ON ST_Intersects(part.area, ST_SetSRID(ST_MakePoint(p.lon, p.lat), 4326))
JOIN hazard_zone z ON z.id = part.zone_id
WHERE z.edition_id = ANY(cast(:edition_ids AS uuid[]))
ORDER BY p.number, z.edition_id,
         CASE WHEN z.min_depth_m IS NOT NULL THEN coalesce(z.max_depth_m, 'Infinity') END DESC NULLS LAST,
         z.min_depth_m DESC, z.warning LIKE 'special%' DESC NULLS LAST, z.label, z.id
