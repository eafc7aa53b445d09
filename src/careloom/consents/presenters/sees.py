"""Who sees what, cell by cell, for the family page and the page of consents: three heaps of categories, about whom, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from careloom.consents.queries import SeesRow
from careloom.infra.ui.components import SeesCell

PLAN = frozenset({"posc.plan_core", "posc.referral_status"})
HEALTH = frozenset({"hipaa.ob_record", "hipaa.newborn_record", "hipaa.mental_health"})
TREATMENT = frozenset({"part2.presence", "part2.attendance", "part2.medication", "part2.treatment_summary", "posc.plan_part2_segment"})
FAR = 9000


def columns() -> tuple[str, ...]:
    """The heads of the table."""
    return (_("Agency"), _("Plan and visits"), _("Birth and health"), _("Treatment"), _("Until"), _("Last looked"))


def heaps(row: SeesRow, *, mother_id: UUID, infants: Mapping[UUID, str]) -> tuple[SeesCell, SeesCell, SeesCell]:
    """Plan, health and treatment: all, part or nothing; and about whom, where it is not about the mother. `infants` are named by identity."""
    # What tells about substance use is no treatment record, but who sees it knows as much; it stands in this column where it is shared.
    program = TREATMENT | {one for one in row.categories if one.startswith("part2.") or one == "hipaa.toxicology"}
    plan, health, treatment = (_cell(row, heap, mother_id=mother_id, infants=infants) for heap in (PLAN, HEALTH, program))
    return plan, health, treatment


def last_day(until: datetime, *, zone: ZoneInfo) -> date | None:
    """The last day on which it holds: a grant ends with the midnight after it. None where it has no end."""
    return None if until.year >= FAR else (until - timedelta(seconds=1)).astimezone(zone).date()


def _cell(row: SeesRow, heap: frozenset[str], *, mother_id: UUID, infants: Mapping[UUID, str]) -> SeesCell:
    common = row.categories & heap
    if not common:
        return SeesCell(words=_("Not shared"), kind="none")
    about = {identity for category, identity in row.covers if category in common}
    # Of the mother's own record an agency may hold nothing about the infant; of an infant's alone it is worth a word.
    if mother_id not in about and (seen := about & infants.keys()):
        return SeesCell(words=_infants_only(seen, infants=infants), kind="part")
    return SeesCell(words=_("Sees"), kind="yes") if common == heap else SeesCell(words=_("Part"), kind="part")


def _infants_only(seen: set[UUID], *, infants: Mapping[UUID, str]) -> str:
    if len(seen) == len(infants):
        return _("Infant only") if len(seen) == 1 else _("Infants only")
    names = ", ".join(infants[one] for one in infants if one in seen and infants[one])
    return _("Only %(names)s") % {"names": names} if names else _("One infant only")
