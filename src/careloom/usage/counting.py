"""Counts in how many of an agency's own rows each field says something. One statement for each form, and two for the questionnaires.

It reads as the job that works for the agency, under its row security; what came to the agency from another holder counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from careloom.infra.access import Viewer, require
from careloom.usage.asked import questions_of
from careloom.usage.catalogue import SHEETS, Sheet, fields_of, says_something

#: What the agency wrote itself or was told by the family (config.leaving says the same of what is its own).
OWN: Final = ("originating", "self_reported")
_OPEN_ENDED: Final = ("taken_back_at", "replaced_at", "replaced_by_id")
#: Forms that are data are named by pack and address.
QUESTIONS: Final = "form:"
_STANDS: Final = """r.holder_id = %(agency)s AND r.provenance = ANY (%(own)s) AND r.taken_back_at IS NULL AND r.replaced_at IS NULL
  AND r.handed_in_at >= %(twelve)s AND r.handed_in_at < %(until)s"""
_FORMS: Final = f"""SELECT r.pack, r.url, count(*) FILTER (WHERE r.handed_in_at >= %(three)s), count(*) FROM screening_response r WHERE {_STANDS}
  GROUP BY 1, 2 ORDER BY 1, 2"""
# The last part of a path is the question's own name, also within a group that repeats.
_ANSWERS: Final = f"""SELECT r.pack, r.url, regexp_replace(k.path, '^.*/', ''), count(DISTINCT r.id) FILTER (WHERE r.handed_in_at >= %(three)s),
    count(DISTINCT r.id) FROM screening_response r CROSS JOIN LATERAL jsonb_each(r.answers) AS k (path, said)
  WHERE {_STANDS} AND k.said NOT IN ('[]', 'null', '""', '[""]') GROUP BY 1, 2, 3"""


@dataclass(frozen=True, kw_only=True)
class Window:
    """The instants at which the last three and twelve months begin, and the end of both."""

    three: datetime
    twelve: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Filled:
    """One field: rows, and rows in which it says something, in three and in twelve months."""

    form: str
    field: str
    rows_3: int
    filled_3: int
    rows_12: int
    filled_12: int


def filled_of(*, viewer: Viewer, window: Window) -> Iterator[Filled]:
    """Every counted field of the viewer's own agency. Forms without a row in twelve months are left out; so are questions that nobody answered:
    which questions a form has is known where it is shown."""
    require(viewer)
    assert viewer.holder_id is not None
    for sheet in SHEETS:
        yield from _sheet(sheet, viewer=viewer, window=window)
    yield from _questions(viewer.holder_id, window)


def _sheet(sheet: Sheet, *, viewer: Viewer, window: Window) -> Iterator[Filled]:
    names, table = fields_of(sheet), sheet.table
    own = Q(**{f"{sheet.when}__gte": window.twelve, f"{sheet.when}__lt": window.until})
    there = {one.attname for one in table._meta.concrete_fields}
    for column in _OPEN_ENDED:
        own &= Q(**{f"{column}__isnull": True}) if column in there else Q()
    recent = Q(**{f"{sheet.when}__gte": window.three})
    asked: dict[str, Any] = {"rows_12": Count("pk"), "rows_3": Count("pk", filter=recent)}
    for number, name in enumerate(names):
        says = says_something(table._meta.get_field(name))  # type: ignore[arg-type]
        asked |= {f"f{number}_12": Count("pk", filter=says), f"f{number}_3": Count("pk", filter=says & recent)}
    rows = table.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, provenance__in=OWN)  # type: ignore[attr-defined]
    told = rows.filter(own).aggregate(**asked)
    if told["rows_12"]:
        for number, name in enumerate(names):
            yield Filled(
                form=sheet.code, field=name, rows_3=told["rows_3"], filled_3=told[f"f{number}_3"], rows_12=told["rows_12"],
                filled_12=told[f"f{number}_12"],
            )  # fmt: skip


def _questions(agency_id: UUID, window: Window) -> Iterator[Filled]:
    given = {"agency": agency_id, "own": list(OWN), "three": window.three, "twelve": window.twelve, "until": window.until}
    with connection.cursor() as cursor:
        cursor.execute(_FORMS, given)
        forms = {(pack, url): (int(n3), int(n12)) for pack, url, n3, n12 in cursor.fetchall()}
        if not forms:
            return
        cursor.execute(_ANSWERS, given)
        answers = {(pack, url, link): (int(n3), int(n12)) for pack, url, link, n3, n12 in cursor.fetchall()}
    for (pack, url), (rows_3, rows_12) in forms.items():
        for link in (item.link_id for item in questions_of(pack=pack, url=url, of=str(agency_id))):
            filled_3, filled_12 = answers.get((pack, url, link), (0, 0))
            yield Filled(
                form=f"{QUESTIONS}{pack}|{url}", field=link, rows_3=rows_3, filled_3=filled_3, rows_12=rows_12, filled_12=filled_12
            )  # fmt: skip
