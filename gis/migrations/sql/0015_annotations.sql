-- Annotations of the map. What each column means stands in gis/models/annotation.py.

CREATE TABLE annotation (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    incident_id uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT annotation_pkey PRIMARY KEY (id),
    CONSTRAINT annotation_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id)
);
CREATE INDEX annotation_incident_id_idx ON annotation (incident_id);

CREATE TABLE annotation_statement (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    annotation_id uuid NOT NULL,
    number integer NOT NULL,
    action text NOT NULL,
    text text NOT NULL,
    colour text NOT NULL,
    shape geometry(GEOMETRY,4326) NOT NULL,
    shape_3857 geometry(GEOMETRY,3857) GENERATED ALWAYS AS (ST_Transform(shape, 3857)) STORED,
    supersedes integer,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT annotation_statement_pkey PRIMARY KEY (id),
    CONSTRAINT annotation_statement_annotation_id_fkey FOREIGN KEY(annotation_id) REFERENCES annotation (id),
    CONSTRAINT annotation_statement_annotation_id_number_key UNIQUE (annotation_id, number),
    CONSTRAINT annotation_statement_annotation_id_supersedes_key UNIQUE (annotation_id, supersedes),
    CONSTRAINT annotation_statement_annotation_id_supersedes_fkey FOREIGN KEY(annotation_id, supersedes) REFERENCES annotation_statement (annotation_id, number),
    CONSTRAINT annotation_statement_action_known CHECK (action IN ('drawn', 'changed', 'removed', 'taken_back')),
    CONSTRAINT annotation_statement_colour_known CHECK (colour IN ('remark', 'danger', 'activity', 'safe')),
    CONSTRAINT annotation_statement_number_positive CHECK (number > 0),
    CONSTRAINT annotation_statement_supersedes_earlier CHECK (supersedes < number),
    CONSTRAINT annotation_statement_taken_back_names_what CHECK ((action = 'taken_back') = (supersedes IS NOT NULL)),
    CONSTRAINT annotation_statement_drawn_first CHECK ((action = 'drawn') = (number = 1)),
    CONSTRAINT annotation_statement_shape_possible CHECK (GeometryType(shape) IN ('POINT', 'LINESTRING', 'MULTIPOLYGON') AND NOT ST_IsEmpty(shape)),
    CONSTRAINT annotation_statement_text_length CHECK (char_length(text) BETWEEN 1 AND 200)
);
CREATE INDEX annotation_statement_shape_idx ON annotation_statement USING gist (shape);
CREATE INDEX annotation_statement_shape_3857_idx ON annotation_statement USING gist (shape_3857);

-- Nobody but this changes an annotation: its version is the number of its last statement.
CREATE FUNCTION settle_annotations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE annotation a SET version = told.version
    FROM (SELECT annotation_id, max(number) AS version FROM new_rows GROUP BY annotation_id) told
    WHERE a.id = told.annotation_id AND a.version < told.version;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION settle_annotations FROM PUBLIC;
CREATE TRIGGER annotation_statement_settles_annotation AFTER INSERT ON annotation_statement
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION settle_annotations();
