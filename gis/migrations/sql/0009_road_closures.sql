-- Road closures. What each column means stands in gis/models/road_closure.py.

CREATE TABLE road_closure (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    incident_id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT road_closure_pkey PRIMARY KEY (id),
    CONSTRAINT road_closure_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id)
);
CREATE INDEX road_closure_incident_id_idx ON road_closure (incident_id);

CREATE TABLE road_closure_statement (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    closure_id uuid NOT NULL,
    number integer NOT NULL,
    action text NOT NULL,
    grade text NOT NULL,
    path geometry(GEOMETRY,4326),
    path_3857 geometry(GEOMETRY,3857) GENERATED ALWAYS AS (ST_Transform(path, 3857)) STORED,
    road_name text,
    section text,
    reason text,
    from_at timestamptz,
    until_at timestamptz,
    observed_at timestamptz NOT NULL,
    source text NOT NULL,
    supersedes integer,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT road_closure_statement_pkey PRIMARY KEY (id),
    CONSTRAINT road_closure_statement_closure_id_fkey FOREIGN KEY(closure_id) REFERENCES road_closure (id),
    CONSTRAINT road_closure_statement_closure_id_number_key UNIQUE (closure_id, number),
    CONSTRAINT road_closure_statement_closure_id_supersedes_key UNIQUE (closure_id, supersedes),
    CONSTRAINT road_closure_statement_closure_id_supersedes_fkey FOREIGN KEY(closure_id, supersedes) REFERENCES road_closure_statement (closure_id, number),
    CONSTRAINT road_closure_statement_action_known CHECK (action IN ('stated', 'changed', 'confirmed', 'lifted', 'taken_back')),
    CONSTRAINT road_closure_statement_grade_known CHECK (grade IN ('closed', 'no_heavy', 'one_lane', 'caution')),
    CONSTRAINT road_closure_statement_source_known CHECK (source IN ('visit', 'phone', 'radio', 'field_app', 'api', 'other')),
    CONSTRAINT road_closure_statement_number_positive CHECK (number > 0),
    CONSTRAINT road_closure_statement_supersedes_earlier CHECK (supersedes < number),
    CONSTRAINT road_closure_statement_taken_back_names_what CHECK ((action = 'taken_back') = (supersedes IS NOT NULL)),
    CONSTRAINT road_closure_statement_stated_first CHECK ((action = 'stated') = (number = 1)),
    CONSTRAINT road_closure_statement_until_after_from CHECK (until_at > from_at),
    CONSTRAINT road_closure_statement_somewhere CHECK (path IS NOT NULL OR road_name IS NOT NULL),
    CONSTRAINT road_closure_statement_path_possible CHECK (GeometryType(path) IN ('POINT', 'LINESTRING') AND NOT ST_IsEmpty(path)),
    CONSTRAINT road_closure_statement_text_length CHECK (char_length(road_name) <= 200 AND char_length(section) <= 200 AND char_length(reason) <= 4000),
    CONSTRAINT road_closure_statement_observed_not_in_future CHECK (observed_at <= recorded_at + interval '5 minutes')
);
CREATE INDEX road_closure_statement_path_idx ON road_closure_statement USING gist (path);
CREATE INDEX road_closure_statement_path_3857_idx ON road_closure_statement USING gist (path_3857);

-- Nobody but this changes a closure: its version is the number of its last statement.
CREATE FUNCTION settle_road_closures() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE road_closure c SET version = told.version
    FROM (SELECT closure_id, max(number) AS version FROM new_rows GROUP BY closure_id) told
    WHERE c.id = told.closure_id AND c.version < told.version;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION settle_road_closures FROM PUBLIC;
CREATE TRIGGER road_closure_statement_settles_closure AFTER INSERT ON road_closure_statement
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION settle_road_closures();
