-- What an inventory says, one row per shelter; shelter_id is NULL for one that the register lacks.
CREATE TEMPORARY TABLE given (
    facility_key text, shelter_id uuid, row_number integer, leads boolean, municipality_code text,
    name text, name_kana text, address text, phone text, capacity integer,
    capacity_is_fictitious boolean, hazards text[], note text, details jsonb,
    lon double precision, lat double precision
) ON COMMIT DROP
