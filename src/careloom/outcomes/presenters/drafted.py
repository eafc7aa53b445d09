"""Lines for a report of a year, drafted from the newest protected snapshot: only what is published, and the snapshot that it rests on."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.infra.access import Viewer
from careloom.outcomes.presenters.measured import value_of
from careloom.outcomes.presenters.sentences import said
from careloom.outcomes.presenters.spoken import spoken
from careloom.outcomes.queries.numbers import published_year

# What the annual report tells of families, in this order.
TOLD = ("POSC", "CAPTA_C", "RH6", "RH12", "HOME12", "S2", "P4", "KEPT180", "CASCADE_STARTED")


def year_lines(*, viewer: Viewer, year: int) -> list[str]:
    """One sentence for each published figure of that year, and last the snapshot; [] where nothing of the year is published. Two queries."""
    snapshot, rows = published_year(viewer=viewer, year=year, codes=TOLD)
    if snapshot is None or not rows:
        return []
    known = spoken()
    lines = [said(known[code], rows[code], value_of(known[code], rows[code])) for code in TOLD if code in rows]
    told = _("Figures of %(year)s from snapshot %(id)s, counted %(day)s.")
    return [*lines, told % {"year": year, "id": snapshot.pk, "day": date_format(snapshot.made_at, "F j, Y")}]
