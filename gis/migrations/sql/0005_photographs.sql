-- Photographs, for now of shelters that take part. What each column means stands in gis/models/.

-- As in 0002, and without bytes whatever their column: neither secrets nor pictures tell a reader of
-- the record anything, and a picture must not live on in it when its row is removed.
CREATE OR REPLACE FUNCTION recorded_columns(of_table regclass, of_row text) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp RETURN (
    SELECT string_agg(
        CASE WHEN atttypid = 'geometry'::regtype
             THEN format('ST_AsEWKT(%1$s.%2$I, 17) AS %2$I', of_row, attname)
             ELSE format('%s.%I', of_row, attname) END, ', ' ORDER BY attnum)
    FROM pg_attribute
    WHERE attrelid = of_table AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      AND atttypid <> 'bytea'::regtype
);

CREATE TABLE photograph (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    opening_id uuid NOT NULL,
    taken_at timestamptz,
    location geometry(POINT, 4326),
    sha256 text NOT NULL,
    width_px integer NOT NULL,
    height_px integer NOT NULL,
    content bytea NOT NULL,
    thumbnail bytea NOT NULL,
    caption text,
    source text NOT NULL,
    hidden_at timestamptz,
    hidden_by text,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT photograph_pkey PRIMARY KEY (id),
    CONSTRAINT photograph_opening_id_fkey FOREIGN KEY(opening_id) REFERENCES opening (id),
    CONSTRAINT photograph_sha256_form CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT photograph_sides_plausible CHECK (least(width_px, height_px) > 0 AND greatest(width_px, height_px) <= 1600),
    CONSTRAINT photograph_caption_length CHECK (char_length(caption) <= 200),
    CONSTRAINT photograph_taken_not_in_future CHECK (taken_at <= recorded_at + interval '5 minutes'),
    CONSTRAINT photograph_location_in_japan CHECK (ST_X(location) BETWEEN 122 AND 154 AND ST_Y(location) BETWEEN 20 AND 46),
    CONSTRAINT photograph_source_known CHECK (source IN ('visit', 'phone', 'radio', 'field_app', 'api', 'other')),
    CONSTRAINT photograph_hidden_by_somebody CHECK (num_nulls(hidden_at, hidden_by) IN (0, 2))
);
CREATE INDEX photograph_opening_id_idx ON photograph (opening_id);

-- A JPEG is as small as it gets: no second attempt to compress it.
ALTER TABLE photograph ALTER COLUMN content SET STORAGE EXTERNAL, ALTER COLUMN thumbnail SET STORAGE EXTERNAL;
