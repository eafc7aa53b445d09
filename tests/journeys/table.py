"""What the sittings of J5 share: the Department with its state lead, those who sit at the table, and short hands for what she does on a screen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from playwright.sync_api import Page
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.riverbend import FORM, fill, send

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Done
from careloom.infra.clock.actions import advance
from careloom.infra.events.outbox import deliver_pending
from careloom.kernel.agency_kinds import AgencyKind
from careloom.partnership.actions import (
    BodyFacts,
    CharterFacts,
    CollaborativeFacts,
    PartnerFacts,
    SeatFacts,
    adopt_charter,
    begin,
    put_body,
    put_partner,
    put_seat,
)

#: Partner by key: name, kinds of the sixteen, and the kind of its agency where its workers sign in.
PARTNERS: dict[str, tuple[str, tuple[str, ...], AgencyKind | None]] = {
    "department": ("Department of Families", ("PUBLIC_HEALTH", "CHILD_WELFARE"), AgencyKind.STATE_OVERSIGHT),
    "bayline": ("Bayline Managing Entity", ("MENTAL_HEALTH",), None),
    "coastal": ("Coastal Community Care", ("CHILD_WELFARE",), AgencyKind.CPS_AGENCY),
    "agnes": ("St. Agnes Hospital", ("HOSPITALS",), AgencyKind.HOSPITAL),
    "riverbend": ("Riverbend Program", ("SUBSTANCE_USE",), AgencyKind.PART2_PROGRAM),
    "court": ("Pine Family Court", ("COURTS",), AgencyKind.COURT),
}


@dataclass(kw_only=True)
class Table:
    """Ruth of the Department and the agencies around her. With `set_up` the collaborative stands as the first sitting leaves it."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    workers: dict[str, Membership] = field(default_factory=dict)
    partners: dict[str, UUID] = field(default_factory=dict)
    bodies: dict[str, UUID] = field(default_factory=dict)
    pk: UUID = field(default_factory=uuid4)

    @property
    def ruth(self) -> Membership:
        """The state lead."""
        return self.workers["ruth"]

    @property
    def rooms(self) -> str:
        """The address of the collaborative."""
        return f"/partnership/{self.pk}/"

    def room(self, path: str) -> str:
        """An address in it."""
        return f"{self.rooms}{path}"


def the_agencies() -> Table:
    """The agencies with a worker in each who signs in; no collaborative yet."""
    subscriptions.join()
    table = Table()
    with transaction.atomic():
        for key, (name, _kinds, kind) in PARTNERS.items():
            if kind is not None:
                table.agencies[key] = an_agency(kind=kind, name=name, is_part2_program=kind is AgencyKind.PART2_PROGRAM, short_name=name)
        people = (
            ("ruth", "Ruth Adeyemi", Role.STATE_LEAD, "department"), ("renee", "Renee Castillo", Role.HOSPITAL_SOCIAL_WORKER, "agnes"),
            ("vera", "Vera Lund", Role.CPS_WORKER, "coastal"), ("dana", "Dana Whitlock", Role.CARE_COORDINATOR, "riverbend"),
            ("keeper", "Paul Greyhollow", Role.PRIVACY_OFFICER, "riverbend"), ("judge", "Ana Whitfield", Role.AGENCY_ADMIN, "court"),
            ("renee_too", "Nell Okafor", Role.HOSPITAL_SOCIAL_WORKER, "agnes"),
        )  # fmt: skip
        for key, name, role, agency in people:
            table.workers[key] = a_worker(role, agency=table.agencies[agency], name=name)
    return table


def set_up() -> Table:
    """The same, with three tiers, their members and their charters: what the first sitting does on the screens."""
    table, at = the_agencies(), clock.now()
    by, since = viewer(table.ruth), clock.today() - timedelta(days=60)
    with transaction.atomic(), acting_as(by):
        facts = CollaborativeFacts(name="Safe Start Columbia", reach="STATE", places=("Pine", "Harbor"), new=True, starts_on=since)
        table.pk = done(begin(by=by, at=at, facts=facts, request_key="begin"))
        for key, (name, kinds, _kind) in PARTNERS.items():
            agency = table.agencies.get(key)
            told = PartnerFacts(name=name, sectors=kinds, joined_on=since, agency_id=agency.pk if agency else None, brings="A room and an hour")
            table.partners[key] = done(put_partner(by=by, at=at, collaborative_id=table.pk, facts=told, request_key=key))
        for key, name, tier in (
            ("oversight", "Oversight", "OVERSIGHT"),
            ("core", "Steering team", "CORE"),
            ("group", "Pine workgroup", "WORK_GROUP"),
        ):
            told_of = BodyFacts(
                name=name, tier=tier, starts_on=since, lead_id=table.partners["department"], convened_by="Executive Order 12",
                reports_to="The governor", quorum=2,
            )  # fmt: skip
            table.bodies[key] = done(put_body(by=by, at=at, collaborative_id=table.pk, facts=told_of, request_key=key))
        seats = (
            ("oversight", "ruth", "department", "SECRETARY"), ("oversight", "judge", "court", "CHAIR"), ("oversight", "vera", "coastal", "MEMBER"),
            ("core", "vera", "coastal", "CHAIR"), ("core", "ruth", "department", "MEMBER"), ("core", "renee_too", "agnes", "MEMBER"),
            ("group", "renee", "agnes", "CHAIR"), ("group", "dana", "riverbend", "MEMBER"), ("group", "vera", "coastal", "MEMBER"),
        )  # fmt: skip
        for body, who, partner, office in seats:
            worker = table.workers[who]
            seat = SeatFacts(
                name=worker.worker.name, partner_id=table.partners[partner], starts_on=since, worker_id=worker.worker_id, office=office,
                level="DIRECTOR" if body == "oversight" else "MANAGER", decides=body == "oversight",
            )  # fmt: skip
            done(put_seat(by=by, at=at, body_id=table.bodies[body], facts=seat, request_key=f"{body}{who}"))
        for key, rule in (("oversight", "RESERVATIONS"), ("core", "CONSENSUS"), ("group", "CONSENSUS")):
            charter = CharterFacts(processes="We meet monthly.", roles="The secretary writes.", rule=rule, adopted_on=since)
            done(adopt_charter(by=by, at=at, body_id=table.bodies[key], facts=charter, after=0, request_key=f"charter{key}"))
    return table


def done(answer: Any) -> UUID:
    """The row of an action that was done."""
    assert isinstance(answer, Done), answer
    return answer.row_id


def days_later(days: int) -> None:
    """Days pass, and what happened meanwhile is delivered."""
    advance(by=timedelta(days=days))
    deliver_pending()


def to_september() -> None:
    """The first of the next September, so that the November of a story is one in any year."""
    today = clock.today()
    days_later((date(today.year + (today >= date(today.year, 9, 1)), 9, 1) - today).days)


def enters(visitor: Visitor) -> Visitor:
    """Somebody who comes in, also on another day: a session of the day before is over. A slow machine gets its time."""
    visitor.context.set_default_timeout(20_000)
    return visitor


def press(visitor: Visitor, name: str, *, within: str = "main", shot: str = "") -> Page:
    """Press the link or button of this name on the open page, and look at what follows where it has a `shot`."""
    page = visitor.page
    # Words that only a screen reader hears follow as a part of their own, so that a blank stands before their colon.
    said = re.compile(re.escape(name).replace(":", r"\s*:"))
    found = page.locator(within).get_by_role("link", name=said).or_(page.locator(within).get_by_role("button", name=said))
    assert found.count(), f"no way called {name!r} on {page.url}: {text(visitor)[:4000]}"
    with page.expect_navigation():
        found.first.click()
    if shot:
        assert_accessible(page, name=f"j5-{shot}")
    return page


def kept(visitor: Visitor, values: dict[str, Any], *, ticks: tuple[str, ...] = (), shot: str = "", form: str = FORM) -> Page:
    """Fill the open form as it stands, send it, and see that it was kept."""
    page = fill_in(visitor, values, ticks=ticks, shot=shot, form=form)
    send(page, form=form)
    wrong = page.locator(".usa-error-message:visible").all_inner_texts()
    assert wrong == [], wrong
    return page


def fill_in(visitor: Visitor, values: dict[str, Any], *, ticks: tuple[str, ...] = (), shot: str = "", form: str = FORM) -> Page:
    """Fill the open form: fields by name, tiles by their words."""
    page = visitor.page
    if shot:
        assert_accessible(page, name=f"j5-{shot}")
    fill(page, values, form=form)
    for words in ticks:
        page.locator(form).last.get_by_label(words, exact=True).first.check(force=True)
    return page


def refuses(visitor: Visitor, values: dict[str, Any], says: str = "", *, form: str = FORM, **more: Any) -> None:
    """Send the open form and read at its fields what it refuses; a browser writes the 422 into its console, and nothing else may stand there."""
    page = fill_in(visitor, values, form=form, **more)
    send(page, form=form)
    wrong = " ".join(page.locator(".usa-error-message, .usa-alert--error").all_inner_texts())
    assert wrong
    assert says in wrong, wrong
    assert all("422" in said for said in visitor.said), visitor.said
    visitor.said.clear()


def text(visitor: Visitor) -> str:
    """The words of the open page."""
    return " ".join(visitor.page.inner_text("body").split())


def sees(visitor: Visitor, *words: str) -> None:
    """Each of these words stands on the open page."""
    page = text(visitor)
    for one in words:
        assert one in page, f"{one!r} is not on {visitor.page.url}: {page[:4000]}"


def looks(visitor: Visitor, name: str) -> None:
    """The open page is sound at both widths."""
    assert_accessible(visitor.page, name=f"j5-{name}")
