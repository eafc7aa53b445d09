"""What the tests of the surveys' room do alike: a collaborative with members, a round, and sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import uuid4

from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.test_structure_rows import a_body, a_partner, a_seat, begun, send

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind
from careloom.partnership.models import Partner
from careloom.surveys.instruments import items_of
from careloom.surveys.models import Round

CODE = re.compile(r"cl-code\">([2-9A-Z-]+)<")


def days(name: str, days_ahead: int) -> dict[str, str]:
    """A day as the three parts of a form."""
    day = clock.today() + timedelta(days=days_ahead)
    return parts(name, day)


def parts(name: str, day: date) -> dict[str, str]:
    """A date's three parts."""
    return {f"{name}_0": str(day.month), f"{name}_1": str(day.day), f"{name}_2": str(day.year), name: day.isoformat()}


@dataclass(kw_only=True)
class Place:
    """A collaborative that a coordinator runs, with two partners and a member."""

    browser: Client
    rooms: str
    hub: Partner
    court: Partner
    member: Membership
    hers: Client
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def room(self) -> str:
        """The room's address."""
        return f"{self.rooms}surveys/"


def a_place(sign_in: SignIn) -> Place:
    """Set it up through the screens."""
    ruth = a_worker(Role.PARTNERSHIP_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB, name=f"Hub {uuid4()}"))
    browser = sign_in(ruth)
    rooms = begun(browser)
    clinic = an_agency(name=f"Clinic {uuid4()}")
    member = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=clinic)
    hub = a_partner(browser, rooms, f"Clinic {uuid4()}", "HOSPITALS", agency_id=clinic.pk, brings="Rooms")
    court = a_partner(browser, rooms, f"Court {uuid4()}", "COURTS", brings="A judge’s time")
    core = a_body(browser, rooms, f"Core {uuid4()}", "CORE")
    a_seat(browser, rooms, core, f"Renee {uuid4()}", hub, worker_id=member.worker_id)
    return Place(browser=browser, rooms=rooms, hub=hub, court=court, member=member, hers=sign_in(member))


def opened(place: Place, kind: str, *, client: Client | None = None, **facts: object) -> Round:
    """Open a round through its form."""
    where = send(client or place.browser, f"{place.room}new/", kind=kind, invited="30", **days("closes_on", 14), **facts)
    return Round.objects.get(pk=where.rstrip("/").rsplit("/", 1)[1])


def codes(place: Place, row: Round, number: int, *, client: Client | None = None) -> list[str]:
    """Print codes through the screen."""
    page = text_of((client or place.browser).post(f"{place.room}{row.pk}/codes/", {"request_key": "k", "version": "0", "number": str(number)}))
    return CODE.findall(page)


def a_sheet(row: Round, answer: int, *, words: str = "", votes: tuple[str, ...] = (), **groups: object) -> dict[str, object]:
    """A sheet with one answer to everything, or what `items` say."""
    told: dict[str, object] = {f"item_{item['id']}": str(answer) for item in items_of(row.definition)}
    return told | {"seen": "1", "words": words, "votes": list(votes)} | {f"group_{name}": str(value) for name, value in groups.items()}


def answered(row: Round, code: str, sheet: dict[str, object]) -> None:
    """Send a sheet as somebody without an account."""
    page = text_of(Client().post("/partnership/answer/", {"code": code, **sheet}))
    assert "Thank you" in page, re.findall(r"usa-error-message[^>]*>(.*?)<", page)


def long_ago(row: Round) -> None:
    """Five weeks pass after a closed round."""
    row.opened_on, row.closed_on = row.opened_on - timedelta(weeks=6), clock.today() - timedelta(weeks=5)
    row.save(update_fields=["opened_on", "closed_on"])


def closed(place: Place, row: Round, *, client: Client | None = None) -> None:
    """Close and count."""
    assert (client or place.browser).post(f"{place.room}{row.pk}/close/").status_code == 302
    row.refresh_from_db()
    assert row.state == "CLOSED"
