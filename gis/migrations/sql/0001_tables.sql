-- The tables of the store. What each column means stands in gis/models/.

CREATE TABLE change_record (
    id bigint GENERATED ALWAYS AS IDENTITY,
    table_name text NOT NULL,
    row_key text NOT NULL,
    action text NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    recorded_at timestamptz NOT NULL,
    written_at timestamptz DEFAULT clock_timestamp() NOT NULL,
    before jsonb,
    after jsonb,
    CONSTRAINT change_record_pkey PRIMARY KEY (id)
);
CREATE INDEX change_record_table_name_row_key_idx ON change_record (table_name, row_key);

CREATE TABLE incident (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    started_at timestamptz NOT NULL,
    closed_at timestamptz,
    is_demonstration boolean NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT incident_pkey PRIMARY KEY (id),
    CONSTRAINT incident_kind_known CHECK (kind IN ('earthquake', 'tsunami', 'flood', 'storm', 'landslide', 'large_fire', 'volcano', 'other')),
    CONSTRAINT incident_name_given CHECK (char_length(btrim(name)) BETWEEN 1 AND 100),
    CONSTRAINT incident_closed_after_started CHECK (closed_at >= started_at)
);

CREATE TABLE municipality (
    code text NOT NULL,
    name_ja text NOT NULL,
    name_en text NOT NULL,
    area geometry(MULTIPOLYGON,4326) NOT NULL,
    area_3857 geometry(MULTIPOLYGON,3857) GENERATED ALWAYS AS (ST_Transform(area, 3857)) STORED NOT NULL,
    CONSTRAINT municipality_pkey PRIMARY KEY (code),
    CONSTRAINT municipality_code_six_digits CHECK (code ~ '^\d{6}$')
);
CREATE INDEX municipality_area_3857_idx ON municipality USING gist (area_3857);
CREATE INDEX municipality_area_idx ON municipality USING gist (area);

CREATE TABLE resource_item (
    code text NOT NULL,
    name_ja text NOT NULL,
    name_en text NOT NULL,
    unit_ja text NOT NULL,
    unit_en text NOT NULL,
    is_consumable boolean NOT NULL,
    CONSTRAINT resource_item_pkey PRIMARY KEY (code)
);

CREATE TABLE shelter (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    municipality_code text NOT NULL,
    facility_key text NOT NULL,
    name text NOT NULL,
    name_kana text,
    address text,
    phone text,
    capacity integer,
    capacity_is_fictitious boolean DEFAULT false NOT NULL,
    hazards text[],
    note text,
    location geometry(POINT,4326),
    location_3857 geometry(POINT,3857) GENERATED ALWAYS AS (ST_Transform(location, 3857)) STORED,
    version integer DEFAULT 1 NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT shelter_pkey PRIMARY KEY (id),
    CONSTRAINT shelter_name_given CHECK (char_length(btrim(name)) BETWEEN 1 AND 200),
    CONSTRAINT shelter_municipality_code_six_digits CHECK (municipality_code ~ '^\d{6}$'),
    CONSTRAINT shelter_capacity_not_negative CHECK (capacity >= 0),
    CONSTRAINT shelter_hazards_known CHECK (hazards <@ ARRAY['flood', 'landslide', 'storm_surge', 'earthquake', 'tsunami', 'large_fire', 'inland_flood', 'volcano'])
);
CREATE UNIQUE INDEX shelter_facility_key ON shelter (facility_key);
CREATE INDEX shelter_location_3857_idx ON shelter USING gist (location_3857);
CREATE INDEX shelter_location_idx ON shelter USING gist (location);
CREATE INDEX shelter_municipality_code_idx ON shelter (municipality_code);

CREATE TABLE sign_in (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    token_hash bytea NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    started_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT sign_in_pkey PRIMARY KEY (id),
    CONSTRAINT sign_in_role_known CHECK (role IN ('viewer', 'field', 'shelter', 'operator', 'organiser', 'admin')),
    CONSTRAINT sign_in_token_hash_key UNIQUE (token_hash)
);

CREATE TABLE sign_in_link (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    token_hash bytea NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT sign_in_link_pkey PRIMARY KEY (id),
    CONSTRAINT sign_in_link_role_known CHECK (role IN ('viewer', 'field', 'shelter', 'operator', 'organiser', 'admin')),
    CONSTRAINT sign_in_link_name_given CHECK (char_length(btrim(name)) BETWEEN 1 AND 100),
    CONSTRAINT sign_in_link_token_hash_key UNIQUE (token_hash)
);

CREATE TABLE damage_report (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    incident_id uuid NOT NULL,
    category text NOT NULL,
    severity text,
    location geometry(POINT,4326),
    location_3857 geometry(POINT,3857) GENERATED ALWAYS AS (ST_Transform(location, 3857)) STORED,
    place_text text,
    note text,
    reporter text,
    observed_at timestamptz NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT damage_report_pkey PRIMARY KEY (id),
    CONSTRAINT damage_report_category_known CHECK (category IN ('dwelling', 'other_building', 'road', 'bridge', 'river', 'cliff', 'fire', 'lifeline', 'other')),
    CONSTRAINT damage_report_severity_known CHECK (severity IN ('minor', 'moderate', 'severe')),
    CONSTRAINT damage_report_source_known CHECK (source IN ('visit', 'phone', 'radio', 'field_app', 'api', 'other')),
    CONSTRAINT damage_report_note_length CHECK (char_length(note) <= 4000),
    CONSTRAINT damage_report_place_text_length CHECK (char_length(place_text) <= 200),
    CONSTRAINT damage_report_reporter_length CHECK (char_length(reporter) <= 100),
    CONSTRAINT damage_report_observed_not_in_future CHECK (observed_at <= recorded_at + interval '5 minutes'),
    CONSTRAINT damage_report_location_in_japan CHECK (ST_X(location) BETWEEN 122 AND 154 AND ST_Y(location) BETWEEN 20 AND 46),
    CONSTRAINT damage_report_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id)
);
CREATE INDEX damage_report_location_3857_idx ON damage_report USING gist (location_3857);
CREATE INDEX damage_report_location_idx ON damage_report USING gist (location);
CREATE INDEX damage_report_newest_idx ON damage_report (incident_id, recorded_at DESC, id DESC);

CREATE TABLE designation (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    shelter_id uuid NOT NULL,
    kind text NOT NULL,
    common_id text,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT designation_pkey PRIMARY KEY (id),
    CONSTRAINT designation_kind_known CHECK (kind IN ('designated_shelter', 'emergency_site', 'welfare_shelter')),
    CONSTRAINT designation_common_id_form CHECK (common_id ~ '^E\d{10}(11|12|20)[1-9A-Za-z]$'),
    CONSTRAINT designation_shelter_id_fkey FOREIGN KEY(shelter_id) REFERENCES shelter (id)
);
CREATE UNIQUE INDEX designation_common_id_key ON designation (common_id);
CREATE UNIQUE INDEX designation_shelter_id_kind_key ON designation (shelter_id, kind);

CREATE TABLE opening (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    incident_id uuid NOT NULL,
    shelter_id uuid NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    reason text,
    version integer DEFAULT 1 NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT opening_pkey PRIMARY KEY (id),
    CONSTRAINT opening_closed_after_opened CHECK (closed_at >= opened_at),
    CONSTRAINT opening_shelter_once EXCLUDE USING gist (shelter_id WITH =, tstzrange(opened_at, closed_at) WITH &&),
    CONSTRAINT opening_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id),
    CONSTRAINT opening_shelter_id_fkey FOREIGN KEY(shelter_id) REFERENCES shelter (id)
);
CREATE INDEX opening_incident_id_shelter_id_opened_at_idx ON opening (incident_id, shelter_id, opened_at);

CREATE TABLE stock (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    shelter_id uuid NOT NULL,
    item_code text NOT NULL,
    quantity integer,
    observed_at timestamptz NOT NULL,
    is_fictitious boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT stock_pkey PRIMARY KEY (id),
    CONSTRAINT stock_quantity_not_negative CHECK (quantity >= 0),
    CONSTRAINT stock_shelter_id_fkey FOREIGN KEY(shelter_id) REFERENCES shelter (id),
    CONSTRAINT stock_item_code_fkey FOREIGN KEY(item_code) REFERENCES resource_item (code)
);
CREATE UNIQUE INDEX stock_shelter_id_item_code_key ON stock (shelter_id, item_code);

CREATE TABLE town (
    code text NOT NULL,
    municipality_code text NOT NULL,
    name text NOT NULL,
    population integer,
    location geometry(POINT,4326) NOT NULL,
    location_3857 geometry(POINT,3857) GENERATED ALWAYS AS (ST_Transform(location, 3857)) STORED NOT NULL,
    CONSTRAINT town_pkey PRIMARY KEY (code),
    CONSTRAINT town_population_not_negative CHECK (population >= 0),
    CONSTRAINT town_municipality_code_fkey FOREIGN KEY(municipality_code) REFERENCES municipality (code)
);
CREATE INDEX town_location_3857_idx ON town USING gist (location_3857);
CREATE INDEX town_location_idx ON town USING gist (location);
CREATE INDEX town_municipality_code_idx ON town (municipality_code);

CREATE TABLE occupancy_reading (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    opening_id uuid NOT NULL,
    persons integer,
    households integer,
    observed_at timestamptz NOT NULL,
    source text NOT NULL,
    note text,
    supersedes_id uuid,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT occupancy_reading_pkey PRIMARY KEY (id),
    CONSTRAINT occupancy_reading_persons_plausible CHECK (persons BETWEEN 0 AND 99999),
    CONSTRAINT occupancy_reading_households_plausible CHECK (households BETWEEN 0 AND 99999),
    CONSTRAINT occupancy_reading_something_counted CHECK (num_nonnulls(persons, households) > 0),
    CONSTRAINT occupancy_reading_observed_not_in_future CHECK (observed_at <= recorded_at + interval '5 minutes'),
    CONSTRAINT occupancy_reading_note_length CHECK (char_length(note) <= 4000),
    CONSTRAINT occupancy_reading_source_known CHECK (source IN ('visit', 'phone', 'radio', 'field_app', 'api', 'other')),
    CONSTRAINT occupancy_reading_id_opening_id_key UNIQUE (id, opening_id),
    CONSTRAINT occupancy_reading_supersedes_id_opening_id_fkey FOREIGN KEY(supersedes_id, opening_id) REFERENCES occupancy_reading (id, opening_id),
    CONSTRAINT occupancy_reading_opening_id_fkey FOREIGN KEY(opening_id) REFERENCES opening (id)
);
CREATE INDEX occupancy_reading_latest_idx ON occupancy_reading (opening_id, least(observed_at, recorded_at) DESC, recorded_at DESC);
CREATE UNIQUE INDEX occupancy_reading_supersedes_id_key ON occupancy_reading (supersedes_id);
