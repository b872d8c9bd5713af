-- As what the rows of "given" are designated.
CREATE TEMPORARY TABLE given_designation (facility_key text, kind text, common_id text) ON COMMIT DROP
