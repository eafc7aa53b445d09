"""Which rows are a family's records of one agency, how many they are, and their removal. SQL of the owner of the tables, in the caller's transaction.

What stays: the logs (codes and ids, owed for six years: 45 CFR 164.528(a)(1)), what other holders have, what the mother herself wrote, and the row
that says that something was expunged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import models
from psycopg import sql

from careloom.infra.access.records import FamilyRecord

PAPERS: Final = "papers"
_ITSELF: Final = "keeping_expunging"
_FAMILY: Final = """WITH RECURSIVE f AS (SELECT unnest(%s::uuid[]) AS id UNION
  SELECT p.identity_id FROM people_record p JOIN f ON p.mother_identity_id = f.id WHERE p.holder_id = %s) SELECT id FROM f"""
_OTHER_PROPOSALS: Final = """UPDATE keeping_expunging SET identity_id = id, reason = '', state = 'WITHDRAWN'
  WHERE holder_id = %s AND identity_id = ANY (%s) AND id <> %s"""
#: Beside the tables of family data: which rows rest on what goes. %(holder)s, %(people)s and %(rows)s (ids of the rows that went).
BESIDE: Final = {
    "access_grant": "holder_id = %(holder)s AND identity_id = ANY (%(people)s)",
    "access_segment": "holder_id = %(holder)s AND identity_id = ANY (%(people)s)",
    "access_caseload": "holder_id = %(holder)s AND identity_id = ANY (%(people)s)",
    "people_joined_row": "row_id = ANY (%(rows)s)",
    "people_match": "left_id = ANY (%(rows)s) OR right_id = ANY (%(rows)s)",
    "plans_referral_link": "referral_id = ANY (%(rows)s)",
    "federal_fault": "row_id = ANY (%(rows)s)",
    "fhir_signal": "resource_id = ANY (%(rows)s)",
    "fhir_taken": "object_id = ANY (%(rows)s)",
    "fhir_delivery": "resource_id = ANY (%(rows)s)",
    # What systems of the agency took out of it and have not fetched yet: whole files, so all of them; the system asks again.
    "fhir_export_file": "export_id IN (SELECT e.id FROM fhir_export e JOIN fhir_client c ON c.id = e.client_id WHERE c.agency_id = %(holder)s)",
    "fhir_export": "client_id IN (SELECT c.id FROM fhir_client c WHERE c.agency_id = %(holder)s)",
}


def family(cursor: Any, *, holder_id: UUID, identity_ids: Sequence[UUID]) -> list[UUID]:
    """These people and, by the holder's own records, their children."""
    cursor.execute(_FAMILY, [list(identity_ids), holder_id])
    return [row[0] for row in cursor.fetchall()]


def family_tables() -> Iterator[type[FamilyRecord]]:
    """Every table of family data but the one that says what was expunged."""
    for model in apps.get_models():
        if issubclass(model, FamilyRecord) and model._meta.db_table != _ITSELF:
            yield model


def count(cursor: Any, *, holder_id: UUID, people: Sequence[UUID]) -> dict[str, int]:
    """How many rows would go, by app, and under `papers` how many sealed papers. The same in the scope of the holder's job as for the owner."""
    found: Counter[str] = Counter()
    for model in family_tables():
        sealed = _sealed(model)
        papers = sql.SQL(" + ").join(sql.SQL("count({c}) FILTER (WHERE length({c}) > 0)").format(c=sql.Identifier(one)) for one in sealed)
        query = sql.SQL("SELECT count(*), {papers} FROM {table} WHERE holder_id = %s AND identity_id = ANY (%s)").format(
            papers=papers if sealed else sql.SQL("0"), table=sql.Identifier(model._meta.db_table)
        )
        cursor.execute(query, [holder_id, list(people)])
        rows, kept = cursor.fetchone()
        found[model._meta.app_label] += rows
        found[PAPERS] += kept
    return {name: number for name, number in sorted(found.items()) if number}


def sweep(cursor: Any, *, holder_id: UUID, people: Sequence[UUID], because: UUID) -> dict[str, int]:
    """Remove every row of the holder about `people`, and what rests on these rows; how many went by app, and the papers among them.

    Other proposals than `because` about the same family forget whose they were, and are over.
    """
    gone = count(cursor, holder_id=holder_id, people=people)
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    rows: list[UUID] = []
    for model in family_tables():
        query = sql.SQL("DELETE FROM {} WHERE holder_id = %s AND identity_id = ANY (%s) RETURNING id").format(sql.Identifier(model._meta.db_table))
        cursor.execute(query, [holder_id, list(people)])
        rows += [row[0] for row in cursor.fetchall()]
    for table, where in BESIDE.items():
        query = sql.SQL("DELETE FROM {} WHERE " + where).format(sql.Identifier(table))
        cursor.execute(query, {"holder": holder_id, "people": list(people), "rows": rows})
    cursor.execute(_OTHER_PROPOSALS, [holder_id, list(people), because])
    return gone


def swept_tables() -> list[str]:
    """The tables out of which rows go, for the vacuum afterwards: a deleted row lies in the file until then."""
    return [*(model._meta.db_table for model in family_tables()), *BESIDE]


def _sealed(model: type[FamilyRecord]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if isinstance(field, models.BinaryField)]
