"""J3: Pine County as its child welfare worker meets it, with the hospital, the program and the Tribe around, and the clock that moves a year on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from playwright.sync_api import Page
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.births import a_birth, sent
from tests.factories.plans import a_key, a_little_ago
from tests.integration.safety.conftest import Safety, saved
from tests.journeys.conftest import Visitor, assert_accessible

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.infra.clock.actions import advance
from careloom.infra.events.outbox import deliver_pending
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications.actions import deliver_identified
from careloom.notifications.models import ReceivedNotification
from careloom.people.actions import PersonFacts, put_person
from careloom.safety.models import SafetyAssessment

FENTANYL = (("FENTANYL", "NO"),)
L3 = {"in_treatment": "NO", "safety_concern": "NO", "plan_status": "WANTS_ONE"}
REPORT = {"in_treatment": "NO", "safety_concern": "YES", "safety_words": "Nobody could be woken."}
#: Words that tell of treatment. None of them may stand on a page of hers before she lets it.
TREATMENT = re.compile(r"Riverbend|buprenorphine|methadone|counsel|drug test|Part 2|relapse", re.I)


@dataclass
class Pine:
    """Who is there. The mother's chart is St. Agnes'; what child welfare keeps of her begins with what it received."""

    cps: Agency
    riverbend: Agency
    tribe: Agency
    hospital: Agency
    lena: Membership
    marcus: Membership
    other: Membership
    admin: Membership
    renee: Membership
    dana: Membership
    ana: Membership
    nora: Membership
    mother: UUID
    infants: list[UUID]

    @property
    def today(self) -> date:
        return clock.today(self.cps.zone)

    @property
    def safety(self) -> Safety:
        """The same people for setting a scene by the product's own forms, without a browser."""
        return Safety(
            agency=self.cps, worker=self.lena, supervisor=self.marcus, hospital=self.hospital, social_worker=self.renee, mother=self.mother,
            infants=self.infants,
        )  # fmt: skip

    def rows(self, model: Any, *, agency: Agency | None = None, **of: Any) -> list[Any]:
        """Every row of a table that an agency (default: child welfare) holds about the mother."""
        holder = (agency or self.cps).pk
        with transaction.atomic(), acting_as(system(System.JOB, holder_id=holder)):
            return list(model.objects.filter(holder_id=holder, identity_id=self.mother, **of).order_by("pk"))

    def accepted(self) -> SafetyAssessment:
        """The supervisor gives what came to Lena, and she takes it up. The assessment that begins with it."""
        got = min(self.rows(ReceivedNotification), key=lambda row: row.kind != "REPORT")
        with transaction.atomic():
            given = {"worker": str(self.lena.worker_id)}
            saved(self.safety.client(self.marcus).post(f"/births/received/{got.pk}/give/", given))
            took = {"answer": "ACCEPTED_PATHWAY", "reason": "We will meet the family."}
            saved(self.safety.client().post(f"/births/received/{got.pk}/", took))
            deliver_pending()
        (row,) = self.rows(SafetyAssessment)
        return row  # type: ignore[no-any-return]

    def case(self, kind: str = "VOLUNTARY_IN_HOME") -> None:
        """A case is open, as its own form opens it."""
        told = {"kind": kind, "reason": "She asked for help with the first weeks at home.", "decided_on": self.today.isoformat()}
        with transaction.atomic():
            saved(self.safety.client().post(f"/cases/of/{self.mother}/open/", told | {"request_key": a_key()}))

    def met_by(self, who: Membership) -> None:
        """Another agency meets the mother and writes down its own record of her."""
        by = viewer(who)
        with transaction.atomic(), acting_as(by):
            facts = PersonFacts(role="MOTHER", given_name="Ada", family_name="Example")
            put_person(by=by, at=clock.now(), facts=facts, category="posc.plan_core", identity_id=self.mother)
            assign(by=by, worker_id=who.worker_id, identity_ids=[self.mother], at=clock.now())


def pine(*, about: dict[str, str] | None = None) -> Pine:
    """The county, and a birth that St. Agnes has told child welfare of."""
    subscriptions.join()
    at = a_little_ago()
    with transaction.atomic():
        cps = an_agency(kind=AgencyKind.CPS_AGENCY, name="Pine County Children", county="Pine", phone="555-0109")
        hospital = an_agency(kind=AgencyKind.HOSPITAL, name="St. Agnes Hospital", is_covered_entity=True, county="Pine")
        riverbend = an_agency(kind=AgencyKind.PART2_PROGRAM, name="Riverbend Clinic", is_part2_program=True, is_covered_entity=True, county="Pine")
        tribe = an_agency(kind=AgencyKind.TRIBAL_ICWA, name="Eagle Nation Wellness", is_tribe=True)
        marcus = a_worker(Role.SUPERVISOR, agency=cps, name="Marcus Reed")
        lena = a_worker(Role.CPS_WORKER, agency=cps, name="Lena Ortiz")
        other, admin = a_worker(Role.CPS_WORKER, agency=cps), a_worker(Role.AGENCY_ADMIN, agency=cps)
        renee = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital, name="Renee Diaz")
        ana = a_worker(Role.SUPERVISOR, agency=riverbend, name="Ana Cole")
        dana = a_worker(Role.CARE_COORDINATOR, agency=riverbend, name="Dana Whitlock")
        nora = a_worker(Role.TRIBAL_WORKER, agency=tribe, name="Nora Eagle")
        Membership.objects.update(starts_at=at - timedelta(days=1))
        Membership.objects.filter(pk=lena.pk).update(supervisor_id=marcus.worker_id)
        for member in (lena, marcus, other, admin, renee, dana, ana, nora):
            member.refresh_from_db()
        born = a_birth(renee, exposures=FENTANYL, county="Pine", at=at, phone="555-0164", address="12 Practice Road")
        done = sent(born, at=at, **(about or L3))
        deliver_identified(notification_id=done.notification.pk, holder_id=hospital.pk, at=at)
    return Pine(
        cps=cps, riverbend=riverbend, tribe=tribe, hospital=hospital, lena=lena, marcus=marcus, other=other, admin=admin, renee=renee, dana=dana,
        ana=ana, nora=nora, mother=born.mother_id, infants=[birth.identity_id for birth in born.births],
    )  # fmt: skip


def move(*, days: float = 0, to: date | None = None) -> datetime:
    """Move the clock of the world ahead, for the database and for every page; sign-ins before it are over."""
    by = timedelta(days=days) if to is None else to - clock.today("America/New_York")
    advance(by=by)
    return clock.now()


def deliver() -> None:
    """What the county's own process does each minute."""
    with transaction.atomic():
        deliver_pending()


def day(page: Page, name: str, on: date) -> None:
    """Type a day into its three fields."""
    for part, value in (("month", on.month), ("day", on.day), ("year", on.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def press(page: Page, name: str) -> None:
    """A button that leads on."""
    with page.expect_navigation(timeout=30_000):
        page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str, *, exact: bool = False) -> None:
    """A link that leads on: the first with this name."""
    with page.expect_navigation(timeout=30_000):
        page.get_by_role("link", name=name, exact=exact).first.click()


def told(page: Page) -> str:
    """The words of a page, in one line."""
    return " ".join(page.inner_text("main").split())


def seen(visitor: Visitor, path: str, *, name: str, says: Iterable[str] = (), not_: Iterable[str] = ()) -> Page:
    """Open a page: sound at both widths, with these words and without those."""
    page = visitor.go(path)
    assert_accessible(page, name=f"j3-{name}")
    words = told(page)
    assert [word for word in says if word not in words] == [], (name, words)
    assert [word for word in not_ if word in words] == [], (name, words)
    return page


def nothing_of_treatment(page: Page) -> None:
    """No word on the page, and none in its source, tells of treatment."""
    assert TREATMENT.findall(page.inner_text("body")) == []
    assert "Riverbend" not in page.content()
