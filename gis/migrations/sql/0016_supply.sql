-- What is where, what shelters ask for, what is on the road. What each column means stands in
-- gis/models/supply.py, dispatch.py and equipment.py.

-- A stock was a number beside a shelter; from now on it is the sum of what moved.
CREATE TEMP TABLE stock_before ON COMMIT DROP AS
SELECT coalesce(h.joined_to_id, h.id) AS shelter_id, s.item_code, sum(s.quantity)::integer AS quantity,
       max(least(s.observed_at, s.recorded_at)) AS observed_at, bool_or(s.is_fictitious) AS is_fictitious,
       max(s.recorded_at) AS recorded_at, max(s.recorded_by) AS recorded_by
FROM stock s JOIN shelter h ON h.id = s.shelter_id
WHERE s.quantity IS NOT NULL
GROUP BY 1, 2;
DROP TABLE stock;

CREATE TABLE stock_place (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    shelter_id uuid,
    name text,
    address text,
    phone text,
    note text,
    closed_at timestamptz,
    is_fictitious boolean DEFAULT false NOT NULL,
    location geometry(POINT,4326),
    location_3857 geometry(POINT,3857) GENERATED ALWAYS AS (ST_Transform(location, 3857)) STORED,
    version integer DEFAULT 1 NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT stock_place_pkey PRIMARY KEY (id),
    CONSTRAINT stock_place_kind_known CHECK (kind IN ('depot', 'shelter', 'vehicle')),
    CONSTRAINT stock_place_shelter_named CHECK ((kind = 'shelter') = (shelter_id IS NOT NULL)),
    CONSTRAINT stock_place_shelter_id_own CHECK (shelter_id = id),
    CONSTRAINT stock_place_name_said CHECK ((kind = 'shelter') = (name IS NULL)),
    CONSTRAINT stock_place_name_given CHECK (char_length(btrim(name)) BETWEEN 1 AND 100),
    CONSTRAINT stock_place_text_length CHECK (char_length(address) <= 200 AND char_length(phone) <= 50 AND char_length(note) <= 4000),
    CONSTRAINT stock_place_shelter_id_fkey FOREIGN KEY(shelter_id) REFERENCES shelter (id)
);
CREATE UNIQUE INDEX stock_place_kind_name_key ON stock_place (kind, name);
CREATE INDEX stock_place_location_3857_idx ON stock_place USING gist (location_3857);
CREATE INDEX stock_place_location_idx ON stock_place USING gist (location);

CREATE TABLE supply_request (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    incident_id uuid NOT NULL,
    shelter_id uuid NOT NULL,
    item_code text NOT NULL,
    quantity integer NOT NULL,
    urgency text NOT NULL,
    needed_by_at timestamptz,
    requester text,
    note text,
    observed_at timestamptz NOT NULL,
    source text NOT NULL,
    state text DEFAULT 'asked' NOT NULL,
    approved integer DEFAULT 0 NOT NULL,
    allocated integer DEFAULT 0 NOT NULL,
    received integer DEFAULT 0 NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT supply_request_pkey PRIMARY KEY (id),
    CONSTRAINT supply_request_urgency_known CHECK (urgency IN ('now', 'today', 'later')),
    CONSTRAINT supply_request_state_known CHECK (state IN ('asked', 'approved', 'refused', 'withdrawn')),
    CONSTRAINT supply_request_source_known CHECK (source IN ('visit', 'phone', 'radio', 'field_app', 'api', 'file', 'other')),
    CONSTRAINT supply_request_quantity_plausible CHECK (quantity BETWEEN 1 AND 99999999),
    CONSTRAINT supply_request_within_approved CHECK (allocated BETWEEN 0 AND approved),
    CONSTRAINT supply_request_received_not_negative CHECK (received >= 0),
    CONSTRAINT supply_request_text_length CHECK (char_length(note) <= 4000 AND char_length(requester) <= 100),
    CONSTRAINT supply_request_observed_not_in_future CHECK (observed_at <= recorded_at + interval '5 minutes'),
    CONSTRAINT supply_request_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id),
    CONSTRAINT supply_request_shelter_id_fkey FOREIGN KEY(shelter_id) REFERENCES shelter (id),
    CONSTRAINT supply_request_item_code_fkey FOREIGN KEY(item_code) REFERENCES resource_item (code)
);
CREATE INDEX supply_request_incident_id_idx ON supply_request (incident_id, state);
CREATE INDEX supply_request_shelter_id_idx ON supply_request (shelter_id);

CREATE TABLE request_decision (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    request_id uuid NOT NULL,
    number integer NOT NULL,
    action text NOT NULL,
    quantity integer NOT NULL,
    reason text,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT request_decision_pkey PRIMARY KEY (id),
    CONSTRAINT request_decision_action_known CHECK (action IN ('approved', 'refused', 'withdrawn')),
    CONSTRAINT request_decision_number_positive CHECK (number > 0),
    CONSTRAINT request_decision_quantity_fits_action CHECK (CASE WHEN action = 'approved' THEN quantity BETWEEN 1 AND 99999999 ELSE quantity = 0 END),
    CONSTRAINT request_decision_reason_given CHECK (action = 'approved' OR reason IS NOT NULL),
    CONSTRAINT request_decision_text_length CHECK (char_length(reason) <= 4000),
    CONSTRAINT request_decision_request_id_number_key UNIQUE (request_id, number),
    CONSTRAINT request_decision_request_id_fkey FOREIGN KEY(request_id) REFERENCES supply_request (id)
);

CREATE TABLE dispatch (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    incident_id uuid NOT NULL,
    from_place_id uuid NOT NULL,
    to_place_id uuid NOT NULL,
    state text DEFAULT 'reserved' NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT dispatch_pkey PRIMARY KEY (id),
    CONSTRAINT dispatch_state_known CHECK (state IN ('reserved', 'left', 'delayed', 'arrived', 'cancelled')),
    CONSTRAINT dispatch_to_another_place CHECK (from_place_id <> to_place_id),
    CONSTRAINT dispatch_incident_id_fkey FOREIGN KEY(incident_id) REFERENCES incident (id),
    CONSTRAINT dispatch_from_place_id_fkey FOREIGN KEY(from_place_id) REFERENCES stock_place (id),
    CONSTRAINT dispatch_to_place_id_fkey FOREIGN KEY(to_place_id) REFERENCES stock_place (id)
);
CREATE INDEX dispatch_from_place_id_idx ON dispatch (from_place_id);
CREATE INDEX dispatch_incident_id_idx ON dispatch (incident_id, state);
CREATE INDEX dispatch_to_place_id_idx ON dispatch (to_place_id);

CREATE TABLE dispatch_line (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    dispatch_id uuid NOT NULL,
    item_code text NOT NULL,
    quantity integer NOT NULL,
    request_id uuid,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT dispatch_line_pkey PRIMARY KEY (id),
    CONSTRAINT dispatch_line_quantity_plausible CHECK (quantity BETWEEN 1 AND 99999999),
    CONSTRAINT dispatch_line_dispatch_id_item_code_key UNIQUE (dispatch_id, item_code),
    CONSTRAINT dispatch_line_dispatch_id_fkey FOREIGN KEY(dispatch_id) REFERENCES dispatch (id),
    CONSTRAINT dispatch_line_item_code_fkey FOREIGN KEY(item_code) REFERENCES resource_item (code),
    CONSTRAINT dispatch_line_request_id_fkey FOREIGN KEY(request_id) REFERENCES supply_request (id)
);
CREATE INDEX dispatch_line_request_id_idx ON dispatch_line (request_id);

CREATE TABLE dispatch_event (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    dispatch_id uuid NOT NULL,
    number integer NOT NULL,
    step text NOT NULL,
    vehicle_id uuid,
    team text,
    expected_at timestamptz,
    reason text,
    observed_at timestamptz NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT dispatch_event_pkey PRIMARY KEY (id),
    CONSTRAINT dispatch_event_step_known CHECK (step IN ('reserved', 'left', 'delayed', 'arrived', 'cancelled')),
    CONSTRAINT dispatch_event_source_known CHECK (source IN ('visit', 'phone', 'radio', 'field_app', 'api', 'file', 'other')),
    CONSTRAINT dispatch_event_number_positive CHECK (number > 0),
    CONSTRAINT dispatch_event_reserved_first CHECK ((step = 'reserved') = (number = 1)),
    CONSTRAINT dispatch_event_vehicle_named CHECK (step NOT IN ('left', 'delayed', 'arrived') OR vehicle_id IS NOT NULL),
    CONSTRAINT dispatch_event_text_length CHECK (char_length(team) <= 100 AND char_length(reason) <= 4000),
    CONSTRAINT dispatch_event_observed_not_in_future CHECK (observed_at <= recorded_at + interval '5 minutes'),
    CONSTRAINT dispatch_event_dispatch_id_number_key UNIQUE (dispatch_id, number),
    CONSTRAINT dispatch_event_dispatch_id_fkey FOREIGN KEY(dispatch_id) REFERENCES dispatch (id),
    CONSTRAINT dispatch_event_vehicle_id_fkey FOREIGN KEY(vehicle_id) REFERENCES stock_place (id)
);
CREATE INDEX dispatch_event_vehicle_id_idx ON dispatch_event (vehicle_id);

CREATE TABLE movement (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    filing_id uuid NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    item_code text NOT NULL,
    lot text DEFAULT '' NOT NULL,
    expires_on date,
    from_place_id uuid,
    to_place_id uuid,
    quantity integer NOT NULL,
    counted integer,
    dispatch_id uuid,
    reason text,
    is_fictitious boolean DEFAULT false NOT NULL,
    supersedes_id uuid,
    observed_at timestamptz NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT movement_pkey PRIMARY KEY (id),
    CONSTRAINT movement_kind_known CHECK (kind IN ('received', 'moved', 'used', 'counted', 'expired', 'corrected')),
    CONSTRAINT movement_source_known CHECK (source IN ('visit', 'phone', 'radio', 'field_app', 'api', 'file', 'other')),
    CONSTRAINT movement_quantity_plausible CHECK (quantity BETWEEN 0 AND 99999999),
    CONSTRAINT movement_counted_plausible CHECK (counted BETWEEN 0 AND 99999999),
    CONSTRAINT movement_something_moved CHECK (quantity > 0 OR counted IS NOT NULL OR supersedes_id IS NOT NULL),
    CONSTRAINT movement_ways_fit_kind CHECK (CASE kind WHEN 'received' THEN from_place_id IS NULL AND to_place_id IS NOT NULL WHEN 'moved' THEN from_place_id IS NOT NULL AND to_place_id IS NOT NULL WHEN 'used' THEN from_place_id IS NOT NULL AND to_place_id IS NULL WHEN 'expired' THEN from_place_id IS NOT NULL AND to_place_id IS NULL WHEN 'counted' THEN num_nonnulls(from_place_id, to_place_id) = 1 ELSE num_nonnulls(from_place_id, to_place_id) > 0 END),
    CONSTRAINT movement_to_another_place CHECK (from_place_id <> to_place_id),
    CONSTRAINT movement_counts_count CHECK (counted IS NULL OR kind IN ('counted', 'corrected')),
    CONSTRAINT movement_count_says_what CHECK (kind <> 'counted' OR counted IS NOT NULL),
    CONSTRAINT movement_correction_has_reason CHECK (kind <> 'corrected' OR reason IS NOT NULL),
    CONSTRAINT movement_correction_supersedes CHECK (supersedes_id IS NULL OR kind = 'corrected'),
    CONSTRAINT movement_number_positive CHECK (number > 0),
    CONSTRAINT movement_text_length CHECK (char_length(lot) <= 100 AND char_length(reason) <= 4000),
    CONSTRAINT movement_observed_not_in_future CHECK (observed_at <= recorded_at + interval '5 minutes'),
    CONSTRAINT movement_filing_id_number_key UNIQUE (filing_id, number),
    CONSTRAINT movement_supersedes_id_key UNIQUE (supersedes_id),
    CONSTRAINT movement_item_code_fkey FOREIGN KEY(item_code) REFERENCES resource_item (code),
    CONSTRAINT movement_from_place_id_fkey FOREIGN KEY(from_place_id) REFERENCES stock_place (id),
    CONSTRAINT movement_to_place_id_fkey FOREIGN KEY(to_place_id) REFERENCES stock_place (id),
    CONSTRAINT movement_dispatch_id_fkey FOREIGN KEY(dispatch_id) REFERENCES dispatch (id),
    CONSTRAINT movement_supersedes_id_fkey FOREIGN KEY(supersedes_id) REFERENCES movement (id)
);
CREATE INDEX movement_dispatch_id_idx ON movement (dispatch_id) WHERE dispatch_id IS NOT NULL;
CREATE INDEX movement_from_place_id_item_code_idx ON movement (from_place_id, item_code, observed_at);
CREATE INDEX movement_recorded_at_idx ON movement (recorded_at, id);
CREATE INDEX movement_to_place_id_item_code_idx ON movement (to_place_id, item_code, observed_at);

CREATE TABLE stock (
    place_id uuid NOT NULL,
    item_code text NOT NULL,
    quantity integer NOT NULL,
    reserved integer DEFAULT 0 NOT NULL,
    counted_at timestamptz,
    moved_at timestamptz NOT NULL,
    is_fictitious boolean NOT NULL,
    CONSTRAINT stock_pkey PRIMARY KEY (place_id, item_code),
    CONSTRAINT stock_quantity_not_negative CHECK (quantity >= 0),
    CONSTRAINT stock_reserved_not_negative CHECK (reserved >= 0),
    CONSTRAINT stock_place_id_fkey FOREIGN KEY(place_id) REFERENCES stock_place (id),
    CONSTRAINT stock_item_code_fkey FOREIGN KEY(item_code) REFERENCES resource_item (code)
);

CREATE TABLE stock_lot (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    place_id uuid NOT NULL,
    item_code text NOT NULL,
    lot text NOT NULL,
    expires_on date,
    quantity integer NOT NULL,
    CONSTRAINT stock_lot_pkey PRIMARY KEY (id),
    CONSTRAINT stock_lot_quantity_not_negative CHECK (quantity >= 0),
    CONSTRAINT stock_lot_place_id_item_code_lot_expires_on_key UNIQUE NULLS NOT DISTINCT (place_id, item_code, lot, expires_on),
    CONSTRAINT stock_lot_place_id_fkey FOREIGN KEY(place_id) REFERENCES stock_place (id),
    CONSTRAINT stock_lot_item_code_fkey FOREIGN KEY(item_code) REFERENCES resource_item (code)
);

CREATE TABLE equipment_check (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    place_id uuid NOT NULL,
    item_code text NOT NULL,
    working integer,
    broken integer,
    in_use integer,
    next_check_on date,
    note text,
    observed_at timestamptz NOT NULL,
    source text NOT NULL,
    recorded_at timestamptz DEFAULT hq_now() NOT NULL,
    recorded_by text DEFAULT hq_actor() NOT NULL,
    CONSTRAINT equipment_check_pkey PRIMARY KEY (id),
    CONSTRAINT equipment_check_source_known CHECK (source IN ('visit', 'phone', 'radio', 'field_app', 'api', 'file', 'other')),
    CONSTRAINT equipment_check_working_plausible CHECK (working BETWEEN 0 AND 99999999),
    CONSTRAINT equipment_check_broken_plausible CHECK (broken BETWEEN 0 AND 99999999),
    CONSTRAINT equipment_check_in_use_working CHECK (in_use >= 0 AND in_use <= working),
    CONSTRAINT equipment_check_something_said CHECK (num_nonnulls(working, broken, note) > 0),
    CONSTRAINT equipment_check_text_length CHECK (char_length(note) <= 4000),
    CONSTRAINT equipment_check_observed_not_in_future CHECK (observed_at <= recorded_at + interval '5 minutes'),
    CONSTRAINT equipment_check_place_id_fkey FOREIGN KEY(place_id) REFERENCES stock_place (id),
    CONSTRAINT equipment_check_item_code_fkey FOREIGN KEY(item_code) REFERENCES resource_item (code)
);
CREATE INDEX equipment_check_place_id_item_code_idx ON equipment_check (place_id, item_code, observed_at DESC);

-- What some movements change in one lot of an item at one place.
CREATE TYPE stock_change AS (
    place_id uuid, item_code text, lot text, expires_on date, quantity bigint,
    counted_at timestamptz, moved_at timestamptz, is_fictitious boolean, takes_back boolean
);

-- Stock is the sum of its movements, and nobody but this changes it: no box leaves a place where it is
-- not. Rows are locked in one order, so that no two movements wait for each other. What is there already
-- is changed before anything is put in: a check would refuse the negative part of a sum.
CREATE FUNCTION settle_stock() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    changes stock_change[];
BEGIN
    SELECT array_agg(c) INTO changes FROM (
        SELECT (w.place_id, n.item_code, n.lot, n.expires_on, sum(w.sign * n.quantity),
                max(n.observed_at) FILTER (WHERE n.counted IS NOT NULL), max(n.observed_at),
                bool_or(n.is_fictitious), bool_or(n.supersedes_id IS NOT NULL))::stock_change AS c
        FROM new_rows n
        CROSS JOIN LATERAL (VALUES (n.from_place_id, -1), (n.to_place_id, 1)) AS w (place_id, sign)
        WHERE w.place_id IS NOT NULL
        GROUP BY w.place_id, n.item_code, n.lot, n.expires_on
    ) moved;

    PERFORM FROM stock s
    WHERE (s.place_id, s.item_code) IN (SELECT c.place_id, c.item_code FROM unnest(changes) c)
    ORDER BY s.place_id, s.item_code FOR NO KEY UPDATE;
    UPDATE stock_lot l SET quantity = l.quantity + c.quantity FROM unnest(changes) c
    WHERE l.place_id = c.place_id AND l.item_code = c.item_code AND l.lot = c.lot
      AND coalesce(l.expires_on, 'infinity') = coalesce(c.expires_on, 'infinity');
    INSERT INTO stock_lot (place_id, item_code, lot, expires_on, quantity)
    SELECT c.place_id, c.item_code, c.lot, c.expires_on, c.quantity FROM unnest(changes) c
    WHERE c.quantity <> 0 AND NOT EXISTS (
        SELECT FROM stock_lot l
        WHERE l.place_id = c.place_id AND l.item_code = c.item_code AND l.lot = c.lot
          AND coalesce(l.expires_on, 'infinity') = coalesce(c.expires_on, 'infinity'))
    ORDER BY c.place_id, c.item_code, c.lot, c.expires_on
    ON CONFLICT (place_id, item_code, lot, expires_on)
    DO UPDATE SET quantity = stock_lot.quantity + excluded.quantity;

    UPDATE stock s SET
        quantity = s.quantity + m.quantity,
        -- What was counted last may be what is taken back.
        counted_at = CASE WHEN m.takes_back THEN (
            SELECT max(b.observed_at) FROM movement b
            WHERE b.item_code = s.item_code AND s.place_id IN (b.from_place_id, b.to_place_id)
              AND b.counted IS NOT NULL
              AND NOT EXISTS (SELECT FROM movement back WHERE back.supersedes_id = b.id)
        ) ELSE greatest(s.counted_at, m.counted_at) END,
        moved_at = greatest(s.moved_at, m.moved_at),
        is_fictitious = s.is_fictitious OR m.is_fictitious
    FROM (
        SELECT place_id, item_code, sum(quantity) AS quantity, max(counted_at) AS counted_at,
               max(moved_at) AS moved_at, bool_or(is_fictitious) AS is_fictitious,
               bool_or(takes_back) AS takes_back
        FROM unnest(changes) GROUP BY place_id, item_code
    ) m
    WHERE s.place_id = m.place_id AND s.item_code = m.item_code;
    INSERT INTO stock (place_id, item_code, quantity, counted_at, moved_at, is_fictitious)
    SELECT c.place_id, c.item_code, sum(c.quantity), max(c.counted_at), max(c.moved_at),
           bool_or(c.is_fictitious)
    FROM unnest(changes) c
    WHERE NOT EXISTS (SELECT FROM stock s WHERE s.place_id = c.place_id AND s.item_code = c.item_code)
    GROUP BY c.place_id, c.item_code ORDER BY c.place_id, c.item_code
    ON CONFLICT (place_id, item_code) DO UPDATE SET
        quantity = stock.quantity + excluded.quantity,
        counted_at = greatest(stock.counted_at, excluded.counted_at),
        moved_at = greatest(stock.moved_at, excluded.moved_at),
        is_fictitious = stock.is_fictitious OR excluded.is_fictitious;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION settle_stock FROM PUBLIC;
CREATE TRIGGER movement_settles_stock AFTER INSERT ON movement
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION settle_stock();

-- Nobody but this says what was decided about a request.
CREATE FUNCTION settle_supply_request() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE supply_request SET state = NEW.action, approved = NEW.quantity, version = NEW.number
    WHERE id = NEW.request_id;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION settle_supply_request FROM PUBLIC;
CREATE TRIGGER request_decision_settles_request AFTER INSERT ON request_decision
FOR EACH ROW EXECUTE FUNCTION settle_supply_request();

-- A step of a dispatch reserves what it takes, frees it, or says what came of it: what is reserved for one
-- cannot be reserved for another, and no more goes to a request than is approved.
CREATE FUNCTION settle_dispatch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    of_dispatch dispatch;
    wanted integer;
    done integer;
BEGIN
    SELECT * INTO of_dispatch FROM dispatch WHERE id = NEW.dispatch_id FOR NO KEY UPDATE;
    SELECT count(*) INTO wanted FROM dispatch_line WHERE dispatch_id = NEW.dispatch_id;
    PERFORM FROM stock s
    JOIN dispatch_line l ON l.dispatch_id = NEW.dispatch_id AND l.item_code = s.item_code
    WHERE s.place_id = of_dispatch.from_place_id
    ORDER BY s.item_code FOR NO KEY UPDATE OF s;
    IF NEW.step = 'reserved' THEN
        UPDATE stock s SET reserved = s.reserved + l.quantity FROM dispatch_line l
        WHERE l.dispatch_id = NEW.dispatch_id AND l.item_code = s.item_code
          AND s.place_id = of_dispatch.from_place_id AND s.quantity - s.reserved >= l.quantity;
        GET DIAGNOSTICS done = ROW_COUNT;
        IF done < wanted THEN
            RAISE check_violation USING MESSAGE = 'too little left', CONSTRAINT = 'stock_free_enough';
        END IF;
        UPDATE supply_request r SET allocated = r.allocated + l.quantity FROM dispatch_line l
        WHERE l.dispatch_id = NEW.dispatch_id AND r.id = l.request_id;
    ELSIF NEW.step IN ('left', 'cancelled') AND of_dispatch.state = 'reserved' THEN
        UPDATE stock s SET reserved = s.reserved - l.quantity FROM dispatch_line l
        WHERE l.dispatch_id = NEW.dispatch_id AND l.item_code = s.item_code
          AND s.place_id = of_dispatch.from_place_id;
    END IF;
    IF NEW.step IN ('arrived', 'cancelled') THEN
        -- What did not arrive can be sent once more.
        UPDATE supply_request r SET
            allocated = r.allocated - l.quantity + l.arrived, received = r.received + l.arrived
        FROM (
            SELECT e.request_id, e.quantity, coalesce(sum(m.quantity), 0)::integer AS arrived
            FROM dispatch_line e
            LEFT JOIN movement m ON m.dispatch_id = e.dispatch_id AND m.item_code = e.item_code
                AND m.to_place_id = of_dispatch.to_place_id
            WHERE e.dispatch_id = NEW.dispatch_id
            GROUP BY e.id
        ) l
        WHERE r.id = l.request_id;
    END IF;
    UPDATE dispatch SET state = NEW.step, version = NEW.number WHERE id = NEW.dispatch_id;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION settle_dispatch FROM PUBLIC;
CREATE TRIGGER dispatch_event_settles_dispatch AFTER INSERT ON dispatch_event
FOR EACH ROW EXECUTE FUNCTION settle_dispatch();

INSERT INTO stock_place (id, kind, shelter_id, is_fictitious, recorded_at, recorded_by)
SELECT shelter_id, 'shelter', shelter_id, false, min(recorded_at), min(recorded_by)
FROM stock_before GROUP BY shelter_id;
INSERT INTO movement (filing_id, number, kind, item_code, to_place_id, quantity, counted, is_fictitious,
                      observed_at, source, recorded_at, recorded_by)
SELECT gen_random_uuid(), 1, 'counted', item_code, shelter_id, quantity, quantity, is_fictitious,
       observed_at, 'file', recorded_at, recorded_by
FROM stock_before;

-- As before, but for where stock lies now.
CREATE OR REPLACE FUNCTION undo_inventory_import(of_import uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM inventory_import i
    WHERE i.id = of_import AND i.undone_at IS NULL
      AND NOT EXISTS (SELECT FROM inventory_import later
                      WHERE later.undone_at IS NULL AND later.number > i.number)
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE check_violation USING MESSAGE = 'not the last import', CONSTRAINT = 'inventory_import_last';
    END IF;

    CREATE TEMP TABLE undoing ON COMMIT DROP AS
    SELECT id, table_name, row_key, action, before FROM change_record
    WHERE import_id = of_import AND table_name IN ('shelter', 'designation', 'facility_link');
    ANALYZE undoing;

    -- What a later import did, and its undoing undid, is no change.
    IF EXISTS (
        SELECT FROM change_record later JOIN undoing u USING (table_name, row_key)
        WHERE later.id > u.id AND later.import_id IS DISTINCT FROM of_import
          AND NOT EXISTS (SELECT FROM inventory_import i
                          WHERE i.id = later.import_id AND i.undone_at IS NOT NULL)
    ) THEN
        RAISE check_violation USING MESSAGE = 'changed since', CONSTRAINT = 'inventory_import_untouched';
    END IF;
    IF EXISTS (
        SELECT FROM undoing u
        WHERE u.table_name = 'shelter' AND u.action = 'insert' AND (
            EXISTS (SELECT FROM opening o WHERE o.shelter_id = u.row_key::uuid)
            OR EXISTS (SELECT FROM stock_place p WHERE p.shelter_id = u.row_key::uuid)
            OR EXISTS (SELECT FROM supply_request q WHERE q.shelter_id = u.row_key::uuid)
            OR EXISTS (SELECT FROM shelter s WHERE s.joined_to_id = u.row_key::uuid)
        )
    ) THEN
        RAISE check_violation USING MESSAGE = 'in use', CONSTRAINT = 'inventory_import_unused';
    END IF;

    -- Its own entries are the import's, too.
    PERFORM set_config('hq.import', of_import::text, true);
    DELETE FROM facility_link l USING undoing u
    WHERE u.table_name = 'facility_link' AND u.action = 'insert' AND l.facility_key = u.row_key;
    DELETE FROM designation d USING undoing u
    WHERE u.table_name = 'designation' AND u.action = 'insert' AND d.id = u.row_key::uuid;
    UPDATE designation d SET common_id = u.before ->> 'common_id' FROM undoing u
    WHERE u.table_name = 'designation' AND u.action = 'update' AND d.id = u.row_key::uuid;
    UPDATE shelter s SET
        name = b.name, name_kana = b.name_kana, address = b.address, phone = b.phone,
        capacity = b.capacity, capacity_is_fictitious = b.capacity_is_fictitious,
        hazards = b.hazards, note = b.note, details = b.details, location = b.location,
        version = s.version + 1
    FROM undoing u, jsonb_populate_record(NULL::shelter, u.before) b
    WHERE u.table_name = 'shelter' AND u.action = 'update' AND s.id = u.row_key::uuid;
    DELETE FROM shelter s USING undoing u
    WHERE u.table_name = 'shelter' AND u.action = 'insert' AND s.id = u.row_key::uuid;

    UPDATE inventory_import SET undone_at = hq_now() WHERE id = of_import;
    PERFORM set_config('hq.import', '', true);
    DROP TABLE undoing;
END $$;
