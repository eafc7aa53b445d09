"""Publications in words: which years of which families of figures, who looked, and what stands in the place of one that was taken back."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from careloom.outcomes.models import Publication
from careloom.outcomes.queries.published import Published

FAMILIES: dict[str, Any] = {
    "INFANTS": lazy("Infants and plans"),
    "PREGNANCIES": lazy("Pregnancies"),
    "ENTRIES": lazy("Children who enter care"),
    "WAITING": lazy("Children who are in care for long"),
    "EXITS": lazy("Children who leave care"),
    "IN_CARE": lazy("Harm in care"),
    "REPORTS": lazy("Reports of maltreatment"),
    "TREATMENT": lazy("Treatment"),
    "DIAGNOSES": lazy("Diagnoses and first visits"),
    "MEDICINE": lazy("Medication"),
}


def rows(found: Published) -> list[dict[str, Any]]:
    """Each publication that was let go, the newest first: its years, who looked, and the note where it was taken back."""
    return [_row(row, found) for row in found.rows if row.approved_at]


def waiting(found: Published) -> dict[str, Any] | None:
    """What waits for a second person."""
    return _row(found.waiting, found) if found.waiting else None


def _row(row: Publication, found: Published) -> dict[str, Any]:
    prepared = _("Made ready by %(who)s on %(day)s.") % _who(found, row.prepared_by, row.prepared_at)
    said = [prepared]
    if row.despite:
        said.append(_("Though data are under the line: %(why)s.") % {"why": row.despite.rstrip(".")})
    if row.approved_at:
        said.append(_("Published by %(who)s on %(day)s.") % _who(found, row.approved_by, row.approved_at))
    if row.alone_because:
        said.append(_("Nobody else looked: %(why)s.") % {"why": row.alone_because.rstrip(".")})
    return {
        "id": row.pk, "years": _years(row), "said": said, "told": row.told, "snapshot": row.snapshot_id, "back": row.withdrawn_at is not None,
        "note": row.withdrawn_because, "back_by": _("Taken back by %(who)s on %(day)s.") % _who(found, row.withdrawn_by, row.withdrawn_at)
        if row.withdrawn_at else "",
    }  # fmt: skip


def _years(row: Publication) -> list[str]:
    by_family: dict[str, list[str]] = defaultdict(list)
    for family, year in row.years:
        by_family[family].append(year)
    return [f"{FAMILIES[family]}: {', '.join(sorted(by_family[family]))}" for family in FAMILIES if family in by_family]


def _who(found: Published, worker: UUID | None, at: datetime | None) -> dict[str, str]:
    name = found.names.get(worker) if worker else None
    return {"who": name or _("an operator"), "day": date_format(at, "F j, Y") if at else ""}
