-- How many damage reports lie in each cell of the map, kept up by the write. A cell of a level is what
-- a tile of that zoom covers: columns run from the west, rows from the north.
CREATE FUNCTION map_column(place geometry) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN floor((ST_X(place) + 20037508.342789244) * (268435456 / 40075016.685578488));
CREATE FUNCTION map_row(place geometry) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN floor((20037508.342789244 - ST_Y(place)) * (268435456 / 40075016.685578488));

-- Rows add up. A write only adds rows, with counts below zero for what has gone: so no write ever
-- waits for another one, however long it takes. From time to time the rows of a cell become one.
CREATE TABLE damage_cell (
    id bigint GENERATED ALWAYS AS IDENTITY,
    incident_id uuid NOT NULL,
    level smallint NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    category text NOT NULL,
    is_confirmed boolean NOT NULL,
    severe integer NOT NULL,
    moderate integer NOT NULL,
    minor integer NOT NULL,
    unknown integer NOT NULL,
    sum_x bigint NOT NULL,
    sum_y bigint NOT NULL,
    is_sum boolean NOT NULL,
    CONSTRAINT damage_cell_pkey PRIMARY KEY (id),
    CONSTRAINT damage_cell_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id),
    CONSTRAINT damage_cell_level_kept CHECK (level IN (16, 20)),
    CONSTRAINT damage_cell_sum_not_negative CHECK (NOT is_sum OR least(severe, moderate, minor, unknown) >= 0)
);
CREATE INDEX damage_cell_place_idx ON damage_cell (incident_id, level, x, y);
CREATE INDEX damage_cell_fresh_idx ON damage_cell (id) WHERE NOT is_sum;

-- Whoever finds another one at it leaves it to that one.
CREATE FUNCTION add_damage_cells_up() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('damage_cell')) THEN
        RETURN;
    END IF;
    WITH fresh AS (
        DELETE FROM damage_cell WHERE NOT is_sum RETURNING *
    ),
    cell AS (
        SELECT DISTINCT incident_id, level, x, y, category, is_confirmed FROM fresh
    ),
    known AS (
        DELETE FROM damage_cell d USING cell c
        WHERE d.is_sum
        AND (d.incident_id, d.level, d.x, d.y, d.category, d.is_confirmed)
            = (c.incident_id, c.level, c.x, c.y, c.category, c.is_confirmed)
        RETURNING d.*
    )
    INSERT INTO damage_cell (
        incident_id, level, x, y, category, is_confirmed,
        severe, moderate, minor, unknown, sum_x, sum_y, is_sum
    )
    SELECT
        incident_id, level, x, y, category, is_confirmed,
        sum(severe), sum(moderate), sum(minor), sum(unknown), sum(sum_x), sum(sum_y), true
    FROM (SELECT * FROM fresh UNION ALL SELECT * FROM known) part
    GROUP BY incident_id, level, x, y, category, is_confirmed
    HAVING sum(severe + moderate + minor + unknown) > 0;
END $$;
REVOKE EXECUTE ON FUNCTION add_damage_cells_up FROM PUBLIC;
