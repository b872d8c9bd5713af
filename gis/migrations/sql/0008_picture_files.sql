-- Photographs belong to a shelter that takes part or to a damage report, and their pictures lie
-- outside of the store, each under the hash of its content.
ALTER TABLE photograph
    ALTER COLUMN opening_id DROP NOT NULL,
    ADD COLUMN report_id uuid,
    ADD COLUMN content_hash text,
    ADD COLUMN thumbnail_hash text,
    ADD COLUMN size_bytes integer,
    ADD CONSTRAINT photograph_report_id_fkey FOREIGN KEY(report_id) REFERENCES damage_report (id),
    ADD CONSTRAINT photograph_of_opening_or_report CHECK (num_nonnulls(opening_id, report_id) = 1),
    ADD CONSTRAINT photograph_hashes_form CHECK (content_hash ~ '^[0-9a-f]{64}$' AND thumbnail_hash ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT photograph_size_positive CHECK (size_bytes > 0);
CREATE INDEX photograph_report_id_idx ON photograph (report_id);

-- A file that arrives in parts, until it is a photograph: it lapses, and is no part of the record.
CREATE TABLE photograph_upload (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    report_id uuid NOT NULL,
    sha256 text NOT NULL,
    size_bytes integer NOT NULL,
    taken_at timestamptz,
    lon double precision,
    lat double precision,
    caption text,
    received_bytes integer DEFAULT 0 NOT NULL,
    announced_at timestamptz DEFAULT hq_now() NOT NULL,
    announced_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT photograph_upload_pkey PRIMARY KEY (id),
    CONSTRAINT photograph_upload_report_id_fkey FOREIGN KEY(report_id) REFERENCES damage_report (id),
    CONSTRAINT photograph_upload_sha256_form CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT photograph_upload_bytes_plausible CHECK (size_bytes BETWEEN 1 AND 20971520 AND received_bytes BETWEEN 0 AND size_bytes - 1),
    CONSTRAINT photograph_upload_caption_length CHECK (char_length(caption) <= 200),
    CONSTRAINT photograph_upload_place_whole CHECK (num_nulls(lon, lat) IN (0, 2))
);
CREATE INDEX photograph_upload_report_id_idx ON photograph_upload (report_id);
CREATE TABLE photograph_part (
    upload_id uuid NOT NULL,
    starts_at integer NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT photograph_part_pkey PRIMARY KEY (upload_id, starts_at),
    CONSTRAINT photograph_part_upload_id_fkey FOREIGN KEY(upload_id) REFERENCES photograph_upload (id) ON DELETE CASCADE,
    CONSTRAINT photograph_part_content_plausible CHECK (octet_length(content) BETWEEN 1 AND 262144)
);
-- A JPEG is as small as it gets: no second attempt to compress it.
ALTER TABLE photograph_part ALTER COLUMN content SET STORAGE EXTERNAL;

-- What has become a photograph, can become none, or was given up. The application deletes nothing
-- by itself.
CREATE FUNCTION drop_photograph_uploads(of_uploads uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    DELETE FROM photograph_upload WHERE id = ANY(of_uploads)
$$;
REVOKE EXECUTE ON FUNCTION drop_photograph_uploads FROM PUBLIC;
