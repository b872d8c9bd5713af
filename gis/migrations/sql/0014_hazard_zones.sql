-- Hazard zones. What each column means stands in gis/models/hazard.py.

CREATE TABLE hazard_layer (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    hazard text NOT NULL,
    title text NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT hazard_layer_pkey PRIMARY KEY (id),
    CONSTRAINT hazard_layer_hazard_title_key UNIQUE (hazard, title),
    CONSTRAINT hazard_layer_hazard_known CHECK (hazard IN ('flood', 'landslide', 'storm_surge', 'earthquake', 'tsunami', 'large_fire', 'inland_flood', 'volcano', 'flood_unspecified')),
    CONSTRAINT hazard_layer_title CHECK (char_length(btrim(title)) BETWEEN 1 AND 200)
);

CREATE TABLE hazard_edition (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    layer_id uuid NOT NULL,
    number integer NOT NULL,
    source text,
    credit text,
    file_name text NOT NULL,
    format text NOT NULL,
    content_sha256 text NOT NULL,
    is_fictitious boolean NOT NULL,
    row_count integer NOT NULL,
    refused integer NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT hazard_edition_pkey PRIMARY KEY (id),
    CONSTRAINT hazard_edition_layer_id_fkey FOREIGN KEY(layer_id) REFERENCES hazard_layer (id),
    CONSTRAINT hazard_edition_layer_id_number_key UNIQUE (layer_id, number),
    CONSTRAINT hazard_edition_number_positive CHECK (number > 0),
    CONSTRAINT hazard_edition_content_sha256_form CHECK (content_sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT hazard_edition_text_length CHECK (char_length(file_name) BETWEEN 1 AND 255 AND char_length(source) <= 200 AND char_length(credit) <= 1000),
    CONSTRAINT hazard_edition_refused_possible CHECK (refused BETWEEN 0 AND row_count)
);

CREATE TABLE hazard_zone (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    edition_id uuid NOT NULL,
    label text,
    name text,
    min_depth_m double precision,
    max_depth_m double precision,
    depth_class text,
    warning text,
    area geometry(MULTIPOLYGON,4326) NOT NULL,
    area_3857 geometry(MULTIPOLYGON,3857) GENERATED ALWAYS AS (ST_Transform(area, 3857)) STORED NOT NULL,
    CONSTRAINT hazard_zone_pkey PRIMARY KEY (id),
    CONSTRAINT hazard_zone_edition_id_fkey FOREIGN KEY(edition_id) REFERENCES hazard_edition (id),
    CONSTRAINT hazard_zone_depth_class_known CHECK (depth_class IN ('under_0_5', 'to_3', 'to_5', 'to_10', 'to_20', 'over_20')),
    CONSTRAINT hazard_zone_warning_known CHECK (warning IN ('warning', 'special', 'warning_planned', 'special_planned')),
    CONSTRAINT hazard_zone_depths_possible CHECK (min_depth_m >= 0 AND max_depth_m > min_depth_m),
    CONSTRAINT hazard_zone_depths_from_below CHECK (min_depth_m IS NOT NULL OR max_depth_m IS NULL),
    CONSTRAINT hazard_zone_depth_class_of_depths CHECK ((depth_class IS NULL) = (min_depth_m IS NULL)),
    CONSTRAINT hazard_zone_text_length CHECK (char_length(label) <= 200 AND char_length(name) <= 200),
    CONSTRAINT hazard_zone_area_possible CHECK (ST_IsValid(area) AND NOT ST_IsEmpty(area)),
    CONSTRAINT hazard_zone_area_in_japan CHECK (ST_XMin(area) >= 122 AND ST_XMax(area) <= 154 AND ST_YMin(area) >= 20 AND ST_YMax(area) <= 46)
);
CREATE INDEX hazard_zone_edition_id_idx ON hazard_zone (edition_id);
CREATE INDEX hazard_zone_area_idx ON hazard_zone USING gist (area);
CREATE INDEX hazard_zone_area_3857_idx ON hazard_zone USING gist (area_3857);

CREATE TABLE hazard_zone_part (
    zone_id uuid NOT NULL,
    number integer NOT NULL,
    area geometry(POLYGON,4326) NOT NULL,
    CONSTRAINT hazard_zone_part_pkey PRIMARY KEY (zone_id, number),
    CONSTRAINT hazard_zone_part_zone_id_fkey FOREIGN KEY(zone_id) REFERENCES hazard_zone (id)
);
CREATE INDEX hazard_zone_part_area_idx ON hazard_zone_part USING gist (area);

CREATE TABLE hazard_choice (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    incident_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    is_active boolean NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT hazard_choice_pkey PRIMARY KEY (id),
    CONSTRAINT hazard_choice_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id),
    CONSTRAINT hazard_choice_layer_id_fkey FOREIGN KEY(layer_id) REFERENCES hazard_layer (id)
);
CREATE INDEX hazard_choice_incident_id_layer_id_idx ON hazard_choice (incident_id, layer_id, number);

-- Zones are not on record one by one, which would keep every coast a second time as text: their
-- edition is, with the hash of all it says. So nothing may be added to one once it is recorded; within
-- a transaction the time stands still. A coast of a hundred thousand corners is searched corner by
-- corner, its pieces by an index.
CREATE FUNCTION divide_hazard_zones() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows z JOIN hazard_edition e ON e.id = z.edition_id WHERE e.recorded_at <> hq_now()) THEN
        RAISE EXCEPTION 'an edition of hazard zones stays as it was recorded'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hazard_zone_with_its_edition';
    END IF;
    INSERT INTO hazard_zone_part (zone_id, number, area)
    SELECT z.id, row_number() OVER (PARTITION BY z.id), part.area
    FROM new_rows z CROSS JOIN LATERAL ST_Subdivide(z.area, 256) part(area);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION divide_hazard_zones FROM PUBLIC;
CREATE TRIGGER hazard_zone_divided AFTER INSERT ON hazard_zone
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION divide_hazard_zones();
