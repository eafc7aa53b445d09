"""Counts what was suggested and shows it with small numbers hidden. INVARIANT: no text, no person and no worker is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from careloom.infra.wording.models import SaidCount
from careloom.infra.wording.suggesting import words_for
from careloom.kernel.suppression import publish_list

ADD = """INSERT INTO wording_count (agency_id, month, code, kept, used) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (agency_id, month, code) DO UPDATE SET kept = wording_count.kept + excluded.kept, used = wording_count.used + excluded.used"""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One word on the page for training: what is said, what to say, and how often it stayed, or a star where it is too few to show."""

    said: str
    better: str
    shown: str


def count(*, agency_id: UUID, on: date, kept: Iterable[str] = (), used: Iterable[str] = ()) -> None:
    """Add codes to the month of `on`. One statement for each code."""
    stayed, changed = Counter(kept), Counter(used)
    with connection.cursor() as cursor:
        for code in sorted({*stayed, *changed}):
            cursor.execute(ADD, [agency_id, on.replace(day=1), code, stayed[code], changed[code]])


def counted(*, agency_id: UUID, since: date, language: str) -> list[Counted]:
    """How often words stayed as they were in an agency since a month, the most frequent first; counts of 1 to 10 are hidden. One query."""
    rows = SaidCount.objects.filter(agency_id=agency_id, month__gte=since).values_list("code").annotate(n=Sum("kept")).filter(n__gt=0)
    found = sorted(((code, int(n)) for code, n in rows), key=lambda one: (-one[1], one[0]))
    if not found:
        return []
    table = publish_list(labels=[code for code, _ in found], counts=[n for _, n in found], publish_total=False)
    # Hidden ones stand by their words: their order would tell which is larger.
    lines = [(cell.value, *words_for(code, language=language), cell.shown) for code, cell in zip(table.labels, table.cells, strict=True)]
    lines.sort(key=lambda one: (-(one[0] or 0), one[1]))
    return [Counted(said=said, better=better, shown=shown) for _, said, better, shown in lines]
