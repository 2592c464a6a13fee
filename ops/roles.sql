-- Creates the two database roles of Driver Loans (docs/operations.md, "Database roles"). Run it with psql as a superuser in
-- the database of the service, before the first start of the service. Running it again sets the passwords.
--
--   export DATABASE_OWNER_PASSWORD="$(openssl rand -hex 24)" DATABASE_SERVICE_PASSWORD="$(openssl rand -hex 24)"
--   psql --no-psqlrc --dbname driver_loans --file ops/roles.sql
--
-- driver_loans          owns the tables and runs the migrations (DATABASE_MIGRATION_URL)
-- driver_loans_service  is the role of the service and owns nothing (DATABASE_URL); the migrations grant its privileges
\set ON_ERROR_STOP on
\getenv owner_password DATABASE_OWNER_PASSWORD
\getenv service_password DATABASE_SERVICE_PASSWORD

BEGIN;

SELECT format('CREATE ROLE %I LOGIN', wanted.name)
FROM (VALUES ('driver_loans'), ('driver_loans_service')) AS wanted (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name)
\gexec

ALTER ROLE driver_loans PASSWORD :'owner_password';
ALTER ROLE driver_loans_service NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
  PASSWORD :'service_password';

SELECT format('ALTER DATABASE %I OWNER TO driver_loans', current_database())
\gexec
SELECT format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO driver_loans_service', current_database())
\gexec

ALTER SCHEMA public OWNER TO driver_loans;
REVOKE CREATE ON SCHEMA public FROM PUBLIC, driver_loans_service;
GRANT USAGE ON SCHEMA public TO driver_loans_service;

COMMIT;
