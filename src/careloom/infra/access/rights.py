"""What the application role may do with tables, given again after each migration."""

from __future__ import annotations

from typing import Any

RIGHTS = """
GRANT USAGE ON SCHEMA public TO careloom_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO careloom_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO careloom_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO careloom_app;
REVOKE ALL ON clock_offset, django_migrations FROM careloom_app;
GRANT SELECT ON clock_offset, django_migrations TO careloom_app;
REVOKE UPDATE, DELETE, TRUNCATE ON access_principal, access_log, access_disclosure, audit_row, audit_seal FROM careloom_app;
REVOKE UPDATE, DELETE, TRUNCATE ON agencies_role_opening FROM careloom_app;
-- A system that was registered stays in the list when it was revoked.
REVOKE DELETE, TRUNCATE ON fhir_client, exchange_ehr, departing_export FROM careloom_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_expunged FROM careloom_app;
-- Which tombstones were carried out here is written by the owner alone: else one that is missing could be hidden.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON keeping_applied FROM careloom_app;
-- What was said in a dispute between partners stays as it was said; only how it ended is written later.
REVOKE UPDATE, DELETE, TRUNCATE ON knowledge_dispute, knowledge_dispute_step FROM careloom_app;
GRANT UPDATE (closed_on, outcome, row_version) ON knowledge_dispute TO careloom_app;
-- The number of a log's row is the database's alone: a row with a number of its own choosing could stand between sealed ones.
DO $do$
DECLARE log text; columns text;
BEGIN
  FOREACH log IN ARRAY ARRAY['access_log', 'access_disclosure', 'audit_row'] LOOP
    SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
      WHERE attrelid = log::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'entry_no';
    EXECUTE format('REVOKE INSERT ON %I FROM careloom_app', log);
    EXECUTE format('GRANT INSERT (%s) ON %I TO careloom_app', columns, log);
  END LOOP;
END $do$;
"""


def give(connection: Any) -> None:
    """Give the application role its rights, as the owner. The clock's offset stays read-only: only the owner moves time."""
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS)
