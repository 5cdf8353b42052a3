-- clinic_owner owns the tables and migrates. The site and the worker use clinic_site, which reads and writes rows, but
-- can't disable triggers or change entries of the access log.
--
-- Run once as a superuser:
--
--     CREATE ROLE clinic_owner LOGIN CREATEDB;  -- backups are proven in a scratch database
--     CREATE ROLE clinic_site LOGIN;
--     \password clinic_owner
--     \password clinic_site
--     CREATE DATABASE clinic OWNER clinic_owner;
--
-- Copy clinic.conf from this folder to the server's conf.d folder.
--
-- Then run migrate and load_starter_site (and load_sample_inquiries on a demo site) with clinic_owner in DATABASE_URL.
-- Run this file as clinic_owner after each migration. Use clinic_site for everything else.

-- Only the owner may create tables. Temporary ones could shadow ours.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;

GRANT USAGE ON SCHEMA public TO clinic_site;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clinic_site;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO clinic_site;

-- The access log is append-only. A trigger that runs as the owner updates its head.
REVOKE UPDATE, DELETE ON inquiries_accessentry FROM clinic_site;
REVOKE INSERT, UPDATE, DELETE ON inquiries_accesshead FROM clinic_site;
-- Only the owner records migrations.
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM clinic_site;
