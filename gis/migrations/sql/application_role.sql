-- The role the application works as. Roles belong to the whole server, so it may exist already; a
-- login that makes the store must be able to work as it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hq_app') THEN
        CREATE ROLE hq_app NOLOGIN;
        EXECUTE format('GRANT hq_app TO %I', current_user);
    END IF;
END $$;

-- Before PostgreSQL 15 anybody could make tables in "public"; an upgraded server may still allow it.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO hq_app;
