"""Which systems are in the family's life, and since when: from what was written down, and from the rows that show it already. Source: R-050.

Every line rests on one row that the reader sees, so what is hidden is not on the line and leaves no gap.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from careloom.infra.access.records import FamilyRecord
from careloom.kernel.referral import State
from careloom.plans.models import Involvement
from careloom.plans.queries import PlanParts

SYSTEMS = {
    "CHILD_WELFARE": gettext_lazy("Child welfare"),
    "TREATMENT": gettext_lazy("Treatment"),
    "COURT": gettext_lazy("Court"),
    "HOSPITAL": gettext_lazy("Hospital and clinics"),
    "EARLY_INTERVENTION": gettext_lazy("Early intervention"),
    "HOME_VISITING": gettext_lazy("Home visiting"),
    "CRIMINAL_JUSTICE": gettext_lazy("Probation, parole and criminal court"),
    "EDUCATION": gettext_lazy("School and training"),
}
OF_ROLE = {
    "CHILD_WELFARE": "CHILD_WELFARE", "MEDICATION": "TREATMENT", "BEHAVIORAL_HEALTH": "TREATMENT", "TRIBAL_COURT": "COURT", "OB": "HOSPITAL",
    "PEDIATRICIAN": "HOSPITAL", "SOCIAL_WORKER": "HOSPITAL", "EARLY_INTERVENTION": "EARLY_INTERVENTION", "HOME_VISITOR": "HOME_VISITING",
}  # fmt: skip
OF_NEED = {"EARLY_INTERVENTION": "EARLY_INTERVENTION", "HOME_VISITING": "HOME_VISITING", "WORK_AND_SCHOOL": "EDUCATION", "LEGAL_AID": "COURT"}
TAKEN_UP = frozenset({State.ACCEPTED, State.SCHEDULED, State.ATTENDED, State.COMPLETED})


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One stretch of time with one system, and the row that shows it."""

    system: str
    starts_on: date
    ends_on: date | None
    what: str
    row: FamilyRecord


@dataclass(frozen=True, kw_only=True)
class SystemLine:
    """A system with its stretches in words, newest first."""

    code: str
    head: str
    when: str
    stretches: tuple[tuple[str, str], ...] = ()


def stretches_of(parts: PlanParts, involvements: tuple[Involvement, ...], *, zone: ZoneInfo, also: tuple[Stretch, ...] = ()) -> list[Stretch]:
    """Everything that shows a system at the family's side, oldest first. No query."""
    found = [
        Stretch(system=row.system, starts_on=row.starts_on, ends_on=row.ends_on, what=row.words, row=row) for row in involvements
    ]  # fmt: skip
    for member in (*parts.team, *parts.team_before):
        if member.role in OF_ROLE:
            ends = _local(member.ends_at, zone) if member.ends_at else None
            found.append(
                Stretch(system=OF_ROLE[member.role], starts_on=_local(member.starts_at, zone), ends_on=ends, what=member.name, row=member)
            )  # fmt: skip
    codes: dict[UUID, str] = {need.id: need.row.code for need in parts.needs}
    for row in parts.referrals:
        system = OF_NEED.get(codes.get(row.need_id, ""))
        if system and State(row.state) in TAKEN_UP:
            ends = _local(row.closed_at, zone) if row.closed_at else None
            found.append(
                Stretch(system=system, starts_on=_local(row.requested_at or row.made_at, zone), ends_on=ends, what=row.organization, row=row)
            )  # fmt: skip
    return sorted([*found, *also], key=lambda one: (one.starts_on, one.what))


def lines_of(stretches: list[Stretch]) -> list[SystemLine]:
    """The systems in their fixed order, each with its stretches; a system that the reader sees nothing of is not there."""
    by_system: dict[str, list[Stretch]] = defaultdict(list)
    for one in stretches:
        by_system[one.system].append(one)
    lines = []
    for code, words in SYSTEMS.items():
        rows = by_system.get(code)
        if rows:
            told = tuple((_span(one), one.what) for one in reversed(rows))
            lines.append(SystemLine(code=code, head=str(words), when=told[0][0], stretches=told))
    return lines


def system_lines(page: Any) -> list[SystemLine]:
    """The systems that a `pages.sections.SectionsPage` shows."""
    return lines_of(stretches_of(page.parts, page.own.involvements, zone=page.zone))


def _span(one: Stretch) -> str:
    if one.ends_on is None:
        return _("Since %(day)s") % {"day": _day(one.starts_on)}
    if one.ends_on == one.starts_on:
        return _day(one.starts_on)
    return _("%(from)s to %(to)s") % {"from": _day(one.starts_on), "to": _day(one.ends_on)}


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT" if (get_language() or "en").startswith("es") else "F j, Y")


def _local(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
