-- Declared figures and issues of the situation summary. What each column means stands in
-- gis/models/declaration.py and gis/models/summary_issue.py.

CREATE TABLE declaration (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    incident_id uuid NOT NULL,
    key text NOT NULL,
    number integer NOT NULL,
    state text,
    value numeric(12, 2),
    text text,
    reason text,
    definition text,
    confirmed text[] DEFAULT '{}' NOT NULL,
    observed_at timestamptz NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT declaration_pkey PRIMARY KEY (id),
    CONSTRAINT declaration_state_known CHECK (state IN ('confirmed', 'unconfirmed', 'investigating', 'not_applicable')),
    CONSTRAINT declaration_key_possible CHECK (key ~ '^[a-z_]{1,40}([.][a-z_]{1,20})?$'),
    CONSTRAINT declaration_number_positive CHECK (number > 0),
    CONSTRAINT declaration_figure_or_text CHECK (CASE WHEN state IS NULL THEN num_nonnulls(value, reason, definition) = 0 ELSE text IS NULL END),
    CONSTRAINT declaration_value_plausible CHECK (value BETWEEN 0 AND 999999999),
    CONSTRAINT declaration_value_fits_state CHECK (CASE state WHEN 'confirmed' THEN value IS NOT NULL WHEN 'not_applicable' THEN value IS NULL ELSE true END),
    CONSTRAINT declaration_text_length CHECK (greatest(char_length(text), char_length(reason), char_length(definition)) <= 4000),
    CONSTRAINT declaration_observed_not_in_future CHECK (observed_at <= recorded_at + interval '5 minutes'),
    CONSTRAINT declaration_incident_id_key_number_key UNIQUE (incident_id, key, number),
    CONSTRAINT declaration_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id)
);

CREATE TABLE summary_issue (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    incident_id uuid NOT NULL,
    number integer NOT NULL,
    as_of timestamptz NOT NULL,
    compiled jsonb NOT NULL,
    state text DEFAULT 'compiled' NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT summary_issue_pkey PRIMARY KEY (id),
    CONSTRAINT summary_issue_state_known CHECK (state IN ('compiled', 'reviewed', 'signed_off', 'withdrawn', 'discarded')),
    CONSTRAINT summary_issue_number_positive CHECK (number > 0),
    CONSTRAINT summary_issue_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id)
);
CREATE UNIQUE INDEX summary_issue_number ON summary_issue (incident_id, number) WHERE state <> 'discarded';
CREATE UNIQUE INDEX summary_issue_one_draft ON summary_issue (incident_id) WHERE state IN ('compiled', 'reviewed');

CREATE TABLE summary_issue_step (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    issue_id uuid NOT NULL,
    number integer NOT NULL,
    state text NOT NULL,
    note text,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT summary_issue_step_pkey PRIMARY KEY (id),
    CONSTRAINT summary_issue_step_state_known CHECK (state IN ('reviewed', 'signed_off', 'withdrawn', 'discarded')),
    CONSTRAINT summary_issue_step_number_positive CHECK (number > 0),
    CONSTRAINT summary_issue_step_withdrawn_with_reason CHECK (state <> 'withdrawn' OR note IS NOT NULL),
    CONSTRAINT summary_issue_step_text_length CHECK (char_length(note) <= 1000),
    CONSTRAINT summary_issue_step_issue_id_number_key UNIQUE (issue_id, number),
    CONSTRAINT summary_issue_step_issue_id_fkey FOREIGN KEY(issue_id) REFERENCES summary_issue (id)
);

-- Nobody but this changes an issue, and only along this way: a draft is reviewed, signed off or discarded,
-- what was signed off can be withdrawn, and nothing follows that.
CREATE FUNCTION settle_summary_issue() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE summary_issue SET state = NEW.state, version = NEW.number
    WHERE id = NEW.issue_id AND version = NEW.number - 1 AND CASE state
        WHEN 'compiled' THEN NEW.state IN ('reviewed', 'signed_off', 'discarded')
        WHEN 'reviewed' THEN NEW.state IN ('signed_off', 'discarded')
        WHEN 'signed_off' THEN NEW.state = 'withdrawn'
        ELSE false
    END;
    IF NOT FOUND THEN
        RAISE check_violation USING MESSAGE = 'no such step', CONSTRAINT = 'summary_issue_step_possible';
    END IF;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION settle_summary_issue FROM PUBLIC;
CREATE TRIGGER summary_issue_step_settles_issue AFTER INSERT ON summary_issue_step
FOR EACH ROW EXECUTE FUNCTION settle_summary_issue();
