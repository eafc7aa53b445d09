-- The three roles of Careloom on a PostgreSQL server of your own, run once by the server's administrator (docs/operations/deploy.md):
--   psql -v ON_ERROR_STOP=1 -v owner=... -v app=... -v extract=... -f deploy/roles.sql postgres
-- The passwords of app and extract go into keys/postgres-careloom_app and keys/postgres-careloom_extract of the data folder.
CREATE ROLE careloom_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'owner';
CREATE ROLE careloom_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app';
CREATE ROLE careloom_extract LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'extract';
CREATE DATABASE careloom OWNER careloom_owner TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE careloom FROM PUBLIC;
GRANT CONNECT ON DATABASE careloom TO careloom_app, careloom_extract;
\connect careloom
CREATE EXTENSION pg_trgm WITH SCHEMA public;
CREATE EXTENSION unaccent WITH SCHEMA public;
CREATE EXTENSION btree_gist WITH SCHEMA public;
-- REVOKE and GRANT on the schema are the owner's at its first start.
ALTER SCHEMA public OWNER TO careloom_owner;
