-- What PostgreSQL writes into its own log, once, as a superuser. When a statement fails, it would quote the statement and
-- the whole row: a patient's name, phone and email address.

ALTER ROLE clinic_site SET log_min_error_statement = 'panic';
ALTER ROLE clinic_site SET log_error_verbosity = 'terse';
ALTER ROLE clinic_owner SET log_min_error_statement = 'panic';
ALTER ROLE clinic_owner SET log_error_verbosity = 'terse';
