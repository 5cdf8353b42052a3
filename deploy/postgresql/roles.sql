-- Two roles: one owns the tables and migrates, the other is what the site and its worker run as. The second reads
-- and writes rows, but can neither switch off a trigger nor touch what is in the access log.
--
-- Once, as a superuser (psql asks for the password):
--
--     CREATE ROLE clinic_owner LOGIN CREATEDB;  -- backups are proven in a scratch database
--     CREATE ROLE clinic_site LOGIN;
--     \password clinic_owner
--     \password clinic_site
--     CREATE DATABASE clinic OWNER clinic_owner;
--
-- clinic.conf beside this file goes into the server's conf.d folder.
--
-- Then migrate and load_starter_site (on a trial site load_sample_inquiries) with clinic_owner in DATABASE_URL, and
-- run this file as clinic_owner, after each migration. Server, worker and everything else get clinic_site.

-- Nobody but the owner makes tables, also no temporary ones, which could stand before ours.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;

GRANT USAGE ON SCHEMA public TO clinic_site;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clinic_site;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO clinic_site;

-- The log grows, by inserts; its own trigger, which runs as the owner, moves the head.
REVOKE UPDATE, DELETE ON inquiries_accessentry FROM clinic_site;
REVOKE INSERT, UPDATE, DELETE ON inquiries_accesshead FROM clinic_site;
-- What has been migrated is the owner's to say.
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM clinic_site;
