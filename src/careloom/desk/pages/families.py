"""The families of a worker as a list, and families found by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from careloom.agencies.models import Membership
from careloom.desk.presenters import names
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account, account_miss
from careloom.people.models import PersonRecord
from careloom.people.queries import search
from careloom.plans.queries import FamilyLine, list_families


@dataclass(frozen=True, kw_only=True)
class FamiliesList:
    """A page of the caseload."""

    lines: tuple[FamilyLine, ...]
    labels: dict[UUID, str]
    day: date
    page: int
    has_more: bool
    only: str


@dataclass(frozen=True, kw_only=True)
class FoundPage:
    """Whom a name found, as far as the reader may see; nothing says whether there are others."""

    text: str
    people: tuple[PersonRecord, ...]
    page: int
    has_more: bool


def families_page(*, viewer: Viewer, membership: Membership, at: datetime, page: int, only: str = "") -> FamiliesList:
    """The plans that `viewer` works with; `only` as in `list_families`, or CLOSED."""
    closed = only == "CLOSED"
    found = list_families(viewer=viewer, at=at, page=page, state="CLOSED" if closed else "OPEN", only="" if closed else only)
    account(viewer=viewer, place="desk:families", rows=[row for line in found.lines for row in line.rows()], at=at)
    people = [person for line in found.lines for person in (line.mother, *line.infants) if person]
    day = at.astimezone(ZoneInfo(membership.agency.zone)).date()
    return FamiliesList(lines=found.lines, labels=names.labels(people), day=day, page=found.page, has_more=found.has_more, only=only)


def found_page(*, viewer: Viewer, text: str, page: int, at: datetime) -> FoundPage:
    """People by name. The same statements run whether or not somebody hidden has that name."""
    found = search(viewer=viewer, text=text, page=page)
    account(viewer=viewer, place="desk:search", rows=found.people, at=at)
    if text and not found.people:
        # The privacy officer reads that somebody was looked for; neither the name nor whether there is such a person is kept (J1.15).
        account_miss(viewer=viewer, place="desk:search", at=at)
    return FoundPage(text=text, people=found.people, page=found.page, has_more=found.has_more)
