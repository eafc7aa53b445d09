"""What stands in every table about people, to compare before and after."""

from __future__ import annotations

from django.db import connection

from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Caseload, Segment
from careloom.people.joining import family_models
from careloom.people.models import Identity, PersonPrincipal

GRANTS = """SELECT (identity_id, category, holder_id, provenance, recipient_id, purposes, valid_to, basis, obligations, instrument_id)::text
FROM access_grant WHERE valid_to > access_now() AND valid_to > valid_from ORDER BY 1"""


def everything() -> dict[str, list[str]]:
    """Each row of each table that a join may change, as text, by table; and the grants in force. Read by the roles that read all."""
    tables = sorted(m._meta.db_table for m in [*family_models(), PersonPrincipal, Identity, Caseload, Segment])
    found = {}
    with acting_as(system(System.MATCHING)), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY t.id")
            found[table] = [row[0] for row in cursor.fetchall()]
    with acting_as(system(System.GRANTS)), connection.cursor() as cursor:
        cursor.execute(GRANTS)
        found["grants in force"] = [row[0] for row in cursor.fetchall()]
    return found
