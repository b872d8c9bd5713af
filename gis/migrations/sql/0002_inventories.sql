-- What the register needs to take in any list, again and again. What each column means stands in
-- gis/models/.

ALTER TABLE shelter
    ADD COLUMN details jsonb DEFAULT '{}' NOT NULL,
    ADD COLUMN retired_at timestamptz,
    ADD COLUMN joined_to_id uuid,
    ADD CONSTRAINT shelter_joined_to_id_fkey FOREIGN KEY (joined_to_id) REFERENCES shelter (id),
    ADD CONSTRAINT shelter_joined_to_another CHECK (joined_to_id <> id),
    ADD CONSTRAINT shelter_details_object CHECK (jsonb_typeof(details) = 'object'),
    DROP CONSTRAINT shelter_hazards_known,
    ADD CONSTRAINT shelter_hazards_known CHECK (hazards <@ ARRAY['flood', 'landslide', 'storm_surge', 'earthquake', 'tsunami', 'large_fire', 'inland_flood', 'volcano', 'flood_unspecified']);
CREATE INDEX shelter_joined_to_id_idx ON shelter (joined_to_id) WHERE joined_to_id IS NOT NULL;

ALTER TABLE designation
    ADD COLUMN joined_from_id uuid,
    ADD CONSTRAINT designation_joined_from_id_fkey FOREIGN KEY (joined_from_id) REFERENCES shelter (id);

-- Undoing an import deletes shelters, each of which asks whether a designation came from it.
CREATE INDEX designation_joined_from_id_idx ON designation (joined_from_id) WHERE joined_from_id IS NOT NULL;

CREATE TABLE facility_link (
    facility_key text NOT NULL,
    shelter_id uuid NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT facility_link_pkey PRIMARY KEY (facility_key),
    CONSTRAINT facility_link_shelter_id_fkey FOREIGN KEY(shelter_id) REFERENCES shelter (id)
);
CREATE INDEX facility_link_shelter_id_idx ON facility_link (shelter_id);

CREATE TABLE inventory_import (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    file_name text NOT NULL,
    file_sha256 text NOT NULL,
    format text NOT NULL,
    row_count integer NOT NULL,
    refused integer NOT NULL,
    added integer NOT NULL,
    changed integer NOT NULL,
    unchanged integer NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY,
    undone_at timestamptz,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT inventory_import_pkey PRIMARY KEY (id),
    CONSTRAINT inventory_import_file_sha256_form CHECK (file_sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT inventory_import_file_name_length CHECK (char_length(file_name) BETWEEN 1 AND 255)
);
CREATE UNIQUE INDEX inventory_import_number_key ON inventory_import (number);

CREATE TABLE column_mapping (
    code text NOT NULL,
    content text NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT column_mapping_pkey PRIMARY KEY (code),
    CONSTRAINT column_mapping_code_length CHECK (char_length(btrim(code)) BETWEEN 1 AND 100),
    CONSTRAINT column_mapping_content_length CHECK (char_length(content) <= 20000)
);

-- An import is laid beside the register in temporary tables. Servers that keep this right from
-- everybody (as our own does) give it to whom it is needed.
DO $$
BEGIN
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO hq_app', current_database());
END $$;

-- Which entries an import wrote: it is taken back by them.
ALTER TABLE change_record ADD COLUMN import_id uuid;
ALTER TABLE change_record ALTER COLUMN import_id SET DEFAULT hq_import();
CREATE INDEX change_record_import_id_idx ON change_record (import_id) WHERE import_id IS NOT NULL;
