-- What shelters in operation need. What each column means stands in gis/models/.

-- What is moved here goes on record, too.
SELECT set_config('hq.actor', 'system', true), set_config('hq.role', 'admin', true),
       set_config('hq.now', cast(now() AS text), true);

-- An opening is the part that a shelter takes in an incident; its states are told one after another
-- and never overwritten. The period, which no two openings of a shelter may share, follows from them.
ALTER TABLE opening RENAME COLUMN opened_at TO began_at;
ALTER TABLE opening RENAME COLUMN closed_at TO ended_at;
ALTER TABLE opening RENAME CONSTRAINT opening_closed_after_opened TO opening_ended_after_began;
ALTER INDEX opening_incident_id_shelter_id_opened_at_idx RENAME TO opening_incident_id_shelter_id_began_at_idx;

CREATE TABLE opening_state (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    opening_id uuid NOT NULL,
    number integer NOT NULL,
    state text NOT NULL,
    since_at timestamptz NOT NULL,
    reason text,
    supersedes integer,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT opening_state_pkey PRIMARY KEY (id),
    CONSTRAINT opening_state_opening_id_fkey FOREIGN KEY(opening_id) REFERENCES opening (id),
    CONSTRAINT opening_state_opening_id_number_key UNIQUE (opening_id, number),
    CONSTRAINT opening_state_opening_id_supersedes_key UNIQUE (opening_id, supersedes),
    CONSTRAINT opening_state_opening_id_supersedes_fkey FOREIGN KEY(opening_id, supersedes) REFERENCES opening_state (opening_id, number),
    CONSTRAINT opening_state_state_known CHECK (state IN ('not_opened', 'preparing', 'open', 'permanent', 'unknown', 'closed')),
    CONSTRAINT opening_state_told_or_taken_back CHECK (state <> 'not_opened' OR supersedes IS NOT NULL),
    CONSTRAINT opening_state_number_positive CHECK (number > 0),
    CONSTRAINT opening_state_supersedes_earlier CHECK (supersedes < number),
    CONSTRAINT opening_state_reason_length CHECK (char_length(reason) <= 4000)
);

INSERT INTO opening_state (opening_id, number, state, since_at, reason, recorded_at, recorded_by)
SELECT id, 1, 'open', began_at, reason, recorded_at, recorded_by FROM opening;
INSERT INTO opening_state (opening_id, number, state, since_at, recorded_at, recorded_by)
SELECT id, 2, 'closed', ended_at, greatest(ended_at, recorded_at), recorded_by FROM opening
WHERE ended_at IS NOT NULL;
UPDATE opening SET version = CASE WHEN ended_at IS NULL THEN 1 ELSE 2 END;
ALTER TABLE opening DROP COLUMN reason;

-- Nobody but this changes an opening: its period and its version are what its states make of it. A
-- state that takes another one back says nothing itself: what was told before that one holds.
CREATE FUNCTION settle_openings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE opening o SET began_at = told.began_at, ended_at = told.ended_at, version = told.version
    FROM (
        SELECT opening_id, max(number) AS version,
               coalesce(min(since_at) FILTER (WHERE holds), min(since_at)) AS began_at,
               CASE (array_agg(state ORDER BY since_at DESC, number DESC) FILTER (WHERE holds))[1]
                   WHEN 'closed' THEN max(since_at) FILTER (WHERE holds)
                   ELSE CASE WHEN NOT bool_or(holds) THEN min(since_at) END END AS ended_at
        FROM (SELECT t.opening_id, t.number, t.state, t.since_at,
                     t.supersedes IS NULL AND NOT EXISTS (
                         SELECT FROM opening_state n
                         WHERE n.opening_id = t.opening_id AND n.supersedes = t.number) AS holds
              FROM opening_state t
              WHERE opening_id IN (SELECT opening_id FROM new_rows)) states
        GROUP BY opening_id
    ) told
    WHERE o.id = told.opening_id
      AND (o.began_at, o.ended_at, o.version) IS DISTINCT FROM (told.began_at, told.ended_at, told.version);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION settle_openings FROM PUBLIC;
CREATE TRIGGER opening_state_settles_opening AFTER INSERT ON opening_state
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION settle_openings();
REVOKE UPDATE ON opening FROM hq_app;
REVOKE UPDATE (began_at, ended_at, version) ON opening FROM hq_app;

-- What a reading may tell besides persons and households. A correction may arrive before what it
-- corrects, so it names it without a foreign key; one of another opening corrects nothing.
ALTER TABLE occupancy_reading
    DROP CONSTRAINT occupancy_reading_supersedes_id_opening_id_fkey,
    DROP CONSTRAINT occupancy_reading_id_opening_id_key,
    DROP CONSTRAINT occupancy_reading_something_counted,
    ADD COLUMN voluntary_persons integer,
    ADD COLUMN voluntary_households integer,
    ADD COLUMN men integer,
    ADD COLUMN women integer,
    ADD COLUMN gender_unknown integer,
    ADD COLUMN infants integer,
    ADD COLUMN special_care integer,
    ADD COLUMN staff integer,
    ADD COLUMN supporters integer,
    ADD COLUMN outside_persons integer,
    ADD COLUMN outside_households integer,
    ADD COLUMN confirmed text[] DEFAULT '{}' NOT NULL,
    ADD CONSTRAINT occupancy_reading_something_counted CHECK (num_nonnulls(persons, households, voluntary_persons, voluntary_households, men, women, gender_unknown, infants, special_care, staff, supporters, outside_persons, outside_households) > 0),
    ADD CONSTRAINT occupancy_reading_counts_plausible CHECK (0 <= least(voluntary_persons, voluntary_households, men, women, gender_unknown, infants, special_care, staff, supporters, outside_persons, outside_households) AND greatest(voluntary_persons, voluntary_households, men, women, gender_unknown, infants, special_care, staff, supporters, outside_persons, outside_households) <= 99999),
    ADD CONSTRAINT occupancy_reading_parts_within_total CHECK (greatest(voluntary_persons, infants, special_care, coalesce(men, 0) + coalesce(women, 0) + coalesce(gender_unknown, 0)) <= persons AND voluntary_households <= households),
    ADD CONSTRAINT occupancy_reading_supersedes_another CHECK (supersedes_id <> id),
    ADD CONSTRAINT occupancy_reading_confirmed_known CHECK (confirmed <@ ARRAY['far-over-capacity', 'ten-times-the-last', 'counted-meanwhile']);

-- Of counts of one moment the larger one counts, whichever arrived first: see shelter_statuses.sql.
DROP INDEX occupancy_reading_latest_idx;
CREATE INDEX occupancy_reading_latest_idx ON occupancy_reading (opening_id, least(observed_at, recorded_at) DESC);

-- Every reading asks whether it has been corrected; hardly any has.
DROP INDEX occupancy_reading_supersedes_id_key;
CREATE UNIQUE INDEX occupancy_reading_supersedes_id_key ON occupancy_reading (supersedes_id) WHERE supersedes_id IS NOT NULL;

-- Who has to ask a shelter, or all shelters of a district, for their figures. Told anew, not
-- changed; the last word counts, and nobody (NULL) is a word, too.
CREATE TABLE assignment (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    incident_id uuid NOT NULL,
    shelter_id uuid,
    district text,
    assignee text,
    number bigint GENERATED ALWAYS AS IDENTITY,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT assignment_pkey PRIMARY KEY (id),
    CONSTRAINT assignment_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id),
    CONSTRAINT assignment_shelter_id_fkey FOREIGN KEY(shelter_id) REFERENCES shelter (id),
    CONSTRAINT assignment_shelter_or_district CHECK (num_nonnulls(shelter_id, district) = 1),
    CONSTRAINT assignment_assignee_given CHECK (char_length(btrim(assignee)) BETWEEN 1 AND 100),
    CONSTRAINT assignment_district_given CHECK (char_length(btrim(district)) BETWEEN 1 AND 100)
);
CREATE INDEX assignment_incident_id_idx ON assignment (incident_id);

-- How a shelter is off: each report says what it knows, and erases nothing that another one said.
CREATE TABLE condition_report (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    opening_id uuid NOT NULL,
    observed_at timestamptz NOT NULL,
    source text NOT NULL,
    electricity text,
    gas text,
    water text,
    sewage text,
    communication text,
    drinking_water text,
    domestic_water text,
    food text,
    fuel text,
    floor_area_m2 integer,
    toilets_shared integer,
    toilets_women integer,
    toilets_men integer,
    toilets_multipurpose integer,
    toilets_temporary integer,
    toilets_simple integer,
    toilets_manhole integer,
    toilets_portable integer,
    toilets_vehicle integer,
    needs text,
    note text,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT condition_report_pkey PRIMARY KEY (id),
    CONSTRAINT condition_report_opening_id_fkey FOREIGN KEY(opening_id) REFERENCES opening (id),
    CONSTRAINT condition_report_lifelines_known CHECK (array_remove(ARRAY[electricity, gas, water, sewage, communication], NULL) <@ ARRAY['usable', 'partly', 'unusable']),
    CONSTRAINT condition_report_supplies_known CHECK (array_remove(ARRAY[drinking_water, domestic_water, food, fuel], NULL) <@ ARRAY['enough', 'two_days', 'not_today']),
    CONSTRAINT condition_report_counts_plausible CHECK (0 <= least(toilets_shared, toilets_women, toilets_men, toilets_multipurpose, toilets_temporary, toilets_simple, toilets_manhole, toilets_portable, toilets_vehicle) AND greatest(toilets_shared, toilets_women, toilets_men, toilets_multipurpose, toilets_temporary, toilets_simple, toilets_manhole, toilets_portable, toilets_vehicle) <= 99999),
    CONSTRAINT condition_report_floor_area_plausible CHECK (floor_area_m2 BETWEEN 1 AND 1000000),
    CONSTRAINT condition_report_something_said CHECK (num_nonnulls(electricity, gas, water, sewage, communication, drinking_water, domestic_water, food, fuel, floor_area_m2, toilets_shared, toilets_women, toilets_men, toilets_multipurpose, toilets_temporary, toilets_simple, toilets_manhole, toilets_portable, toilets_vehicle, needs, note) > 0),
    CONSTRAINT condition_report_observed_not_in_future CHECK (observed_at <= recorded_at + interval '5 minutes'),
    CONSTRAINT condition_report_text_length CHECK (char_length(needs) <= 4000 AND char_length(note) <= 4000),
    CONSTRAINT condition_report_source_known CHECK (source IN ('visit', 'phone', 'radio', 'field_app', 'api', 'other'))
);
CREATE INDEX condition_report_opening_id_idx ON condition_report (opening_id, least(observed_at, recorded_at) DESC);

-- What people write into the chronology themselves; what happened to shelters and reports is read
-- from where it was told.
CREATE TABLE chronology_entry (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    incident_id uuid NOT NULL,
    happened_at timestamptz NOT NULL,
    sender text,
    recipient text,
    content text NOT NULL,
    action text,
    assignee text,
    done_at timestamptz,
    version integer DEFAULT 1 NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT chronology_entry_pkey PRIMARY KEY (id),
    CONSTRAINT chronology_entry_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id),
    CONSTRAINT chronology_entry_content_given CHECK (char_length(btrim(content)) BETWEEN 1 AND 4000),
    CONSTRAINT chronology_entry_text_length CHECK (char_length(sender) <= 100 AND char_length(recipient) <= 100 AND char_length(assignee) <= 100 AND char_length(action) <= 4000)
);
CREATE INDEX chronology_entry_incident_id_idx ON chronology_entry (incident_id, happened_at DESC);

-- A shelter manager comes in for one shelter.
ALTER TABLE sign_in_link ADD COLUMN shelter_id uuid,
    ADD CONSTRAINT sign_in_link_shelter_id_fkey FOREIGN KEY(shelter_id) REFERENCES shelter (id),
    ADD CONSTRAINT sign_in_link_shelter_given CHECK (shelter_id IS NULL OR role = 'shelter');
ALTER TABLE sign_in ADD COLUMN shelter_id uuid,
    ADD CONSTRAINT sign_in_shelter_id_fkey FOREIGN KEY(shelter_id) REFERENCES shelter (id),
    ADD CONSTRAINT sign_in_shelter_given CHECK (shelter_id IS NULL OR role = 'shelter');
