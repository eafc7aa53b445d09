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
REVOKE UPDATE, DELETE, TRUNCATE ON access_principal, access_log, access_disclosure, audit_row FROM careloom_app;
"""


def give(connection: Any) -> None:
    """Give the application role its rights, as the owner. The clock's offset stays read-only: only the owner moves time."""
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS)
