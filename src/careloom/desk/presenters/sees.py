"""Who sees what, in words, for the family page: one row an agency, by three heaps of categories."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.desk.pages.family import FamilyPage
from careloom.infra.ui.components import SeesCell, SeesRow, SeesTable

PLAN = frozenset({"posc.plan_core", "posc.referral_status"})
HEALTH = frozenset({"hipaa.ob_record", "hipaa.newborn_record"})
TREATMENT = frozenset({"part2.presence", "part2.attendance", "part2.medication", "part2.treatment_summary", "posc.plan_part2_segment"})
FAR = 9000


def sees_table(page: FamilyPage) -> SeesTable | None:
    """The table, or None where nothing is shared that the reader may know of."""
    rows = [
        SeesRow(
            agency=page.agencies[row.recipient_id].name_outside,
            cells=(
                _cell(row.categories, PLAN), _cell(row.categories, HEALTH), _cell(row.categories, TREATMENT),
                SeesCell(words=_until(row.until, page)), SeesCell(words=_looked(row.last_looked, page)),
            ),
        )
        for row in page.sees if row.recipient_id in page.agencies
    ]  # fmt: skip
    if not rows:
        return None
    columns = (_("Agency"), _("Plan and visits"), _("Birth and health"), _("Treatment"), _("Until"), _("Last looked"))
    note = _("Every look is kept, and she can read the list.")
    return SeesTable(label=_("Who sees what"), columns=columns, rows=tuple(sorted(rows, key=lambda row: row.agency)), note=note)


def _cell(held: frozenset[str], heap: frozenset[str]) -> SeesCell:
    common = held & heap
    if not common:
        return SeesCell(words=_("Not shared"), kind="none")
    return SeesCell(words=_("Sees"), kind="yes") if common == heap else SeesCell(words=_("Part"), kind="part")


def _until(until: datetime, page: FamilyPage) -> str:
    if until.year >= FAR:
        return _("While it holds")
    day = until.astimezone(page.head.zone).date()
    return date_format(day, "F j" if day.year == page.head.day.year else "F j, Y")


def _looked(at: datetime | None, page: FamilyPage) -> str:
    if at is None:
        return _("Not yet")
    day = at.astimezone(page.head.zone).date()
    return _("Today") if day == page.head.day else date_format(day, "F j" if day.year == page.head.day.year else "F j, Y")
