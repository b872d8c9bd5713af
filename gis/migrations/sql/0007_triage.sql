-- What headquarters make of a damage report (triage): told one after another, never changed. Each
-- assessment says all of it, so that the last one holds; a correction names what it supersedes.
CREATE TABLE damage_assessment (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    report_id uuid NOT NULL,
    number integer NOT NULL,
    state text NOT NULL,
    team text,
    location geometry(POINT,4326),
    merged_into_id uuid,
    reason text,
    supersedes integer,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT damage_assessment_pkey PRIMARY KEY (id),
    CONSTRAINT damage_assessment_report_id_number_key UNIQUE (report_id, number),
    CONSTRAINT damage_assessment_report_id_supersedes_key UNIQUE (report_id, supersedes),
    CONSTRAINT damage_assessment_report_id_fkey FOREIGN KEY(report_id) REFERENCES damage_report (id),
    CONSTRAINT damage_assessment_merged_into_id_fkey FOREIGN KEY(merged_into_id) REFERENCES damage_report (id),
    CONSTRAINT damage_assessment_report_id_supersedes_fkey FOREIGN KEY(report_id, supersedes) REFERENCES damage_assessment (report_id, number),
    CONSTRAINT damage_assessment_state_known CHECK (state IN ('unconfirmed', 'confirmed', 'in_progress', 'done', 'rejected')),
    CONSTRAINT damage_assessment_number_positive CHECK (number > 0),
    CONSTRAINT damage_assessment_supersedes_earlier CHECK (supersedes < number),
    CONSTRAINT damage_assessment_merged_into_another CHECK (merged_into_id <> report_id),
    CONSTRAINT damage_assessment_text_length CHECK (char_length(team) <= 100 AND char_length(reason) <= 4000),
    CONSTRAINT damage_assessment_location_in_japan CHECK (ST_X(location) BETWEEN 122 AND 154 AND ST_Y(location) BETWEEN 20 AND 46)
);

-- What the last assessment says stands beside the report, so that lists and tiles need not look for
-- it; the place put right is where the map shows it.
ALTER TABLE damage_report
    ADD COLUMN state text DEFAULT 'unconfirmed' NOT NULL,
    ADD COLUMN version integer DEFAULT 0 NOT NULL,
    ADD COLUMN team text,
    ADD COLUMN merged_into_id uuid,
    ADD COLUMN corrected_location geometry(POINT,4326),
    ADD CONSTRAINT damage_report_merged_into_id_fkey FOREIGN KEY(merged_into_id) REFERENCES damage_report (id),
    ADD CONSTRAINT damage_report_state_known CHECK (state IN ('unconfirmed', 'confirmed', 'in_progress', 'done', 'rejected')),
    DROP COLUMN location_3857;
ALTER TABLE damage_report
    ADD COLUMN location_3857 geometry(POINT,3857) GENERATED ALWAYS AS (ST_Transform(coalesce(corrected_location, location), 3857)) STORED;
CREATE INDEX damage_report_location_3857_idx ON damage_report USING gist (location_3857);
CREATE INDEX damage_report_merged_into_id_idx ON damage_report (merged_into_id) WHERE merged_into_id IS NOT NULL;
-- The queue of what nobody has looked at.
CREATE INDEX damage_report_unconfirmed_idx ON damage_report (incident_id, recorded_at) WHERE state = 'unconfirmed' AND merged_into_id IS NULL;

-- Nobody but this changes a report.
CREATE FUNCTION settle_damage_reports() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE damage_report d
    SET state = told.state, version = told.number, team = told.team,
        merged_into_id = told.merged_into_id, corrected_location = told.location
    FROM (SELECT DISTINCT ON (report_id) * FROM new_rows ORDER BY report_id, number DESC) told
    WHERE d.id = told.report_id;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION settle_damage_reports FROM PUBLIC;
CREATE TRIGGER damage_assessment_settles_report AFTER INSERT ON damage_assessment
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION settle_damage_reports();

-- Who is looking at a report, so that two do not decide on it at once. It lapses by itself and is no
-- part of the record.
CREATE TABLE damage_claim (
    report_id uuid NOT NULL,
    claimed_by text DEFAULT hq_actor() NOT NULL,
    claimed_until timestamptz NOT NULL,
    CONSTRAINT damage_claim_pkey PRIMARY KEY (report_id),
    CONSTRAINT damage_claim_report_id_fkey FOREIGN KEY(report_id) REFERENCES damage_report (id)
);
CREATE FUNCTION announce_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_notify('hq_change', TG_TABLE_NAME);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION announce_change FROM PUBLIC;
CREATE TRIGGER damage_claim_announced AFTER INSERT OR UPDATE ON damage_claim
FOR EACH STATEMENT EXECUTE FUNCTION announce_change();
