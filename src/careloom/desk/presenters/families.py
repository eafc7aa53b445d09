"""The caseload and the search in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careloom.desk.pages.families import FamiliesList, FoundPage
from careloom.desk.presenters import days, names
from careloom.desk.presenters.addresses import address
from careloom.desk.presenters.lateness import late_status
from careloom.infra.ui.components import Status
from careloom.people.models import PersonRecord
from careloom.plans.queries import FamilyLine

FILTERS: tuple[tuple[str, Any], ...] = (
    ("", gettext_lazy("All")),
    ("NEEDS_SOMEONE", gettext_lazy("Needs someone")),
    ("LATE", gettext_lazy("Late review")),
    ("EXPECTING", gettext_lazy("Expecting")),
    ("CLOSED", gettext_lazy("Closed")),
)


@dataclass(frozen=True, kw_only=True)
class FamilyCard:
    """One family in a list: its name, where it stands, who leads, and at most one status."""

    label: str
    url: str
    stands: str
    lead: str
    review: str
    status: Status | None


@dataclass(frozen=True, kw_only=True)
class FoundCard:
    """One person found: name, what tells two of one name apart, and where it leads."""

    name: str
    note: str
    url: str


def cards(page: FamiliesList) -> list[FamilyCard]:
    """The lines of the caseload."""
    return [_card(line, page=page) for line in page.lines]


def found_cards(page: FoundPage) -> list[FoundCard]:
    """The people found."""
    return [_found(person) for person in page.people]


def _card(line: FamilyLine, *, page: FamiliesList) -> FamilyCard:
    plan, due = line.plan, line.plan.next_review_on
    late = due is not None and due < page.day
    review = _("Next review %(day)s") % {"day": days.day(due, today=page.day)} if due and not late else ""
    return FamilyCard(
        label=page.labels.get(plan.identity_id) or _("A family"),
        url=address("desk:family", plan.identity_id),
        stands=", ".join(part for part in (_stage(line), _needs(line.needs_open)) if part),
        lead=_("Led by %(name)s") % {"name": line.lead.name} if line.lead else "",
        review=review,
        status=late_status(due_on=due, today=page.day) if late and due else None,
    )


def _stage(line: FamilyLine) -> str:
    if line.plan.closed_at:
        return _("Closed")
    if line.plan.born_on is None:
        return _("Expecting")
    return _("Born %(day)s") % {"day": date_format(line.plan.born_on, "F j, Y")}


def _needs(count: int) -> str:
    return ngettext("%(n)s open need", "%(n)s open needs", count) % {"n": count} if count else ""


def _found(person: PersonRecord) -> FoundCard:
    home: UUID = person.identity_id
    facts = [_("Born %(day)s") % {"day": date_format(person.birth_date, "F j, Y")} if person.birth_date else "", person.county]
    return FoundCard(name=names.full_name(person) or _("A baby"), note=", ".join(f for f in facts if f), url=reverse("desk:family", args=[home]))
