"""Today on paper: what a worker takes along where there is no connection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careloom.agencies.models import Membership
from careloom.desk.pages.today import TodayPage, today_page
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account
from careloom.messages.contact import Ways, ways_of
from careloom.people.models import PersonRecord
from careloom.people.queries import names_of


@dataclass(frozen=True, kw_only=True)
class SheetPage:
    """Her own Today, and how each family on it may be reached: the record with the known number, and what she may do with it."""

    today: TodayPage
    people: Mapping[UUID, PersonRecord]
    ways: Mapping[UUID, Ways]


def sheet_page(*, viewer: Viewer, membership: Membership, at: datetime) -> SheetPage:
    """The first fifty duties and the day of `viewer`, with numbers. Constant queries; the rows are accounted for as shown on paper."""
    today = today_page(viewer=viewer, membership=membership, at=at)
    families = {*(row.family_id for row in (*today.now, *today.week)), *(row.identity_id for row in today.appointments)}
    people = names_of(viewer=viewer, identity_ids=families)
    ways = ways_of(viewer=viewer, identity_ids=people)
    account(viewer=viewer, place="desk:sheet", rows=[*people.values(), *(row for one in ways.values() for row in one.rows)], at=at)
    return SheetPage(today=today, people=people, ways=ways)
