-- Evacuation orders. What each column means stands in gis/models/evacuation_order.py.

ALTER TABLE town ADD COLUMN households integer,
    ADD CONSTRAINT town_households_not_negative CHECK (households >= 0);

CREATE TABLE evacuation_order (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    incident_id uuid NOT NULL,
    municipality_code text NOT NULL,
    hazard text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT evacuation_order_pkey PRIMARY KEY (id),
    CONSTRAINT evacuation_order_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id),
    CONSTRAINT evacuation_order_municipality_code_fkey FOREIGN KEY(municipality_code) REFERENCES municipality (code),
    CONSTRAINT evacuation_order_hazard_known CHECK (hazard IN ('flood', 'landslide', 'storm_surge', 'earthquake', 'tsunami', 'large_fire', 'inland_flood', 'volcano', 'flood_unspecified'))
);
CREATE INDEX evacuation_order_incident_id_idx ON evacuation_order (incident_id);

CREATE TABLE evacuation_announcement (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    order_id uuid NOT NULL,
    number integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    announced_at timestamptz NOT NULL,
    reason text,
    guidance text,
    note text,
    area geometry(MULTIPOLYGON,4326),
    area_3857 geometry(MULTIPOLYGON,3857) GENERATED ALWAYS AS (ST_Transform(area, 3857)) STORED,
    town_codes text[] NOT NULL,
    persons integer,
    persons_unknown_towns integer NOT NULL,
    households integer,
    households_unknown_towns integer NOT NULL,
    supersedes integer,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT evacuation_announcement_pkey PRIMARY KEY (id),
    CONSTRAINT evacuation_announcement_order_id_fkey FOREIGN KEY(order_id) REFERENCES evacuation_order (id),
    CONSTRAINT evacuation_announcement_order_id_number_key UNIQUE (order_id, number),
    CONSTRAINT evacuation_announcement_order_id_supersedes_key UNIQUE (order_id, supersedes),
    CONSTRAINT evacuation_announcement_order_id_supersedes_fkey FOREIGN KEY(order_id, supersedes) REFERENCES evacuation_announcement (order_id, number),
    CONSTRAINT evacuation_announcement_action_known CHECK (action IN ('issued', 'changed', 'lifted', 'taken_back')),
    CONSTRAINT evacuation_announcement_kind_known CHECK (kind IN ('elderly', 'evacuate', 'emergency')),
    CONSTRAINT evacuation_announcement_number_positive CHECK (number > 0),
    CONSTRAINT evacuation_announcement_supersedes_earlier CHECK (supersedes < number),
    CONSTRAINT evacuation_announcement_taken_back_names_what CHECK ((action = 'taken_back') = (supersedes IS NOT NULL)),
    CONSTRAINT evacuation_announcement_issued_first CHECK ((action = 'issued') = (number = 1)),
    CONSTRAINT evacuation_announcement_people_plausible CHECK (persons BETWEEN 0 AND 99999999 AND households BETWEEN 0 AND 99999999),
    CONSTRAINT evacuation_announcement_unknown_towns_not_negative CHECK (persons_unknown_towns >= 0 AND households_unknown_towns >= 0),
    CONSTRAINT evacuation_announcement_text_length CHECK (char_length(reason) <= 4000 AND char_length(guidance) <= 4000 AND char_length(note) <= 4000),
    CONSTRAINT evacuation_announcement_somewhere CHECK (area IS NOT NULL OR cardinality(town_codes) > 0),
    CONSTRAINT evacuation_announcement_area_valid CHECK (ST_IsValid(area) AND NOT ST_IsEmpty(area))
);
CREATE INDEX evacuation_announcement_area_idx ON evacuation_announcement USING gist (area);
CREATE INDEX evacuation_announcement_area_3857_idx ON evacuation_announcement USING gist (area_3857);

-- Nobody but this changes an order: its version is the number of its last announcement.
CREATE FUNCTION settle_evacuation_orders() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE evacuation_order o SET version = told.version
    FROM (SELECT order_id, max(number) AS version FROM new_rows GROUP BY order_id) told
    WHERE o.id = told.order_id AND o.version < told.version;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION settle_evacuation_orders FROM PUBLIC;
CREATE TRIGGER evacuation_announcement_settles_order AFTER INSERT ON evacuation_announcement
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION settle_evacuation_orders();

-- A district is a part of the municipality under one name, whatever its 丁目; a town whose name is a
-- 丁目 alone keeps it.
CREATE FUNCTION district_of(town_name text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN coalesce(nullif(regexp_replace(town_name, '[0-9０-９〇一二三四五六七八九十百]+丁目$', ''), ''), town_name);

-- Whom an announcement is for, as it is read out: a district whose every 丁目 is named stands for
-- them, and whether these are all the towns of the municipality.
CREATE FUNCTION evacuation_target(of_announcement uuid)
RETURNS TABLE (areas text[], is_whole boolean) LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH place AS (
        SELECT t.code, t.name, t.code = ANY(a.town_codes) AS is_named,
               district_of(t.name) AS district
        FROM evacuation_announcement a
        JOIN evacuation_order o ON o.id = a.order_id
        JOIN town t ON t.municipality_code = o.municipality_code
        WHERE a.id = of_announcement
    ),
    district AS (
        SELECT district, bool_and(is_named) AS is_whole, min(code) AS first_code,
               array_agg(name ORDER BY code) FILTER (WHERE is_named) AS names
        FROM place GROUP BY district
    ),
    area AS (
        SELECT first_code, CASE WHEN is_whole THEN ARRAY[district] ELSE names END AS names
        FROM district WHERE names IS NOT NULL
    )
    SELECT coalesce((SELECT array_agg(name ORDER BY first_code, position)
                     FROM area CROSS JOIN LATERAL unnest(names) WITH ORDINALITY part(name, position)), '{}'),
           coalesce((SELECT bool_and(is_named) FROM place), false);
END;
