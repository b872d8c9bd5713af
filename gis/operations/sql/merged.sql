-- What each shelter of the inventory would be in the register afterwards. NULL says nothing and so
-- never erases what another list said. Two lists may say different things of one facility; then the
-- list of designated shelters leads, and the list of emergency sites yields to it whichever comes
-- last, so that taking both in again changes nothing. Hazards are the emergency sites' own. The name
-- of the municipality, with or without its prefecture, stays as it first came: no shelter changes by
-- being listed elsewhere.
CREATE TEMPORARY TABLE merged ON COMMIT DROP AS
WITH leader AS (
    -- What is a shelter by another list than this one.
    SELECT DISTINCT d.shelter_id
    FROM given g
    JOIN designation d USING (shelter_id)
    LEFT JOIN given_designation gd ON gd.facility_key = g.facility_key AND gd.kind = d.kind
    WHERE d.kind <> 'emergency_site' AND (d.common_id IS NOT NULL OR gd.kind IS NULL)
),
compared AS (
    SELECT
        g.facility_key, s.id AS shelter_id, g.row_number,
        coalesce(s.municipality_code, g.municipality_code) AS municipality_code,
        coalesce(CASE WHEN yields.so THEN s.name END, g.name) AS name,
        coalesce(CASE WHEN yields.so THEN s.name_kana END, g.name_kana, s.name_kana) AS name_kana,
        coalesce(CASE WHEN yields.so THEN s.address END, g.address, s.address) AS address,
        coalesce(CASE WHEN yields.so THEN s.phone END, g.phone, s.phone) AS phone,
        CASE WHEN g.capacity IS NULL OR keeps.capacity THEN s.capacity ELSE g.capacity END AS capacity,
        CASE WHEN g.capacity IS NULL OR keeps.capacity THEN coalesce(s.capacity_is_fictitious, false)
             ELSE g.capacity_is_fictitious END AS capacity_is_fictitious,
        coalesce(g.hazards, s.hazards) AS hazards,
        coalesce(CASE WHEN yields.so THEN s.note END, g.note, s.note) AS note,
        CASE WHEN s.id IS NULL THEN g.details
             WHEN yields.so THEN g.details || s.details
             ELSE s.details || g.details || municipality.name END AS details,
        coalesce(
            CASE WHEN yields.so THEN s.location END,
            ST_SetSRID(ST_MakePoint(g.lon, g.lat), 4326),
            s.location
        ) AS location,
        s.retired_at IS NOT NULL AS is_retired
    FROM given g
    LEFT JOIN shelter s ON s.id = g.shelter_id
    LEFT JOIN leader ON leader.shelter_id = s.id
    CROSS JOIN LATERAL (SELECT leader.shelter_id IS NOT NULL AND NOT g.leads AS so) yields
    -- An invented number takes the place of no published one.
    CROSS JOIN LATERAL (
        SELECT s.capacity IS NOT NULL
               AND (yields.so OR (g.capacity_is_fictitious AND NOT s.capacity_is_fictitious)) AS capacity
    ) keeps
    CROSS JOIN LATERAL (
        SELECT CASE WHEN s.details ? '地方公共団体名'
                    THEN jsonb_build_object('地方公共団体名', s.details -> '地方公共団体名')
                    ELSE '{}' END AS name
    ) municipality
)
SELECT m.*,
    s.id IS NOT NULL AND (
        (s.name, s.name_kana, s.address, s.phone, s.capacity, s.capacity_is_fictitious, s.hazards,
         s.note, s.details, s.location)
        IS DISTINCT FROM
        (m.name, m.name_kana, m.address, m.phone, m.capacity, m.capacity_is_fictitious, m.hazards,
         m.note, m.details, m.location)
    ) AS is_altered,
    nd.facility_key IS NOT NULL AS is_designated_anew
FROM compared m
LEFT JOIN shelter s ON s.id = m.shelter_id
LEFT JOIN (SELECT DISTINCT facility_key FROM new_designation) nd ON nd.facility_key = m.facility_key
