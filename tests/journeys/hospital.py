"""The world of J1: St. Agnes at night, Riverbend that keeps Marisol's plan, her phone, and those to whom St. Agnes refers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.births import ANSWERED
from tests.factories.plans import PlanWorld, a_key
from tests.journeys.conftest import Visitor
from tests.journeys.test_her_page import PIN, come_in

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.directory.actions import import_directory
from careloom.directory.seed import seed_facts
from careloom.exchange.importing import File, Imported, import_family
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications import actions as notifying
from careloom.notifications.facts import changed, from_json
from careloom.notifications.models import Notification
from careloom.plans import actions
from careloom.plans.models import PlanOfSafeCare
from careloom.portal import actions as portal
from careloom.portal.actions import Invited
from careloom.portal.door import her_of
from careloom.treatment.actions import Done, add_entry
from careloom.treatment.codes import Sort

Visit = Callable[..., Visitor]
__all__ = ["PIN", "Hospital", "Visit", "bundle", "her_code", "her_phone", "notifications_of", "of", "tap", "the_hospital"]
BUNDLES = Path(__file__).resolve().parents[1] / "worlds" / "bundles"
BORN, PASSWORD, PHONE = date(2026, 4, 8), "a-long-night-at-st-agnes", "555-0164"
# What the file tells of a later week has not happened yet; and this mother's story has no test from before her treatment.
LEFT_OUT = ("2026-04-20", "Opiates [Presence]")
DAY = re.compile(r"\b(20\d\d-\d\d-\d\d)\b")
SECRET = "SECRET of the laboratory"


@dataclass
class Hospital(PlanWorld):
    """St. Agnes with its night shift, and Riverbend with Marisol's plan from before the birth."""

    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the agencies, who works in them, the directory and her plan."""
        super().__post_init__()
        by = system(System.IMPORT)
        names = {
            self.riverbend: "Riverbend", self.harbor: "Harbor Home Visiting", self.st_agnes: "St. Agnes Hospital",
        }  # fmt: skip
        for agency, name in names.items():
            outward = name if agency.is_part2_program else ""
            type(agency).objects.filter(pk=agency.pk).update(name=name, short_name=name, outward_name=outward, county="Pine")
            agency.refresh_from_db()
        self.early = an_agency(kind=AgencyKind.EARLY_INTERVENTION, name="Early Steps", county="Pine")
        self.visiting = an_agency(kind=AgencyKind.HOME_VISITING, name="Pine First Years", county="Pine")
        self.pine = an_agency(kind=AgencyKind.CPS_AGENCY, name="Pine County CPS", county="Pine")
        self.state = an_agency(kind=AgencyKind.STATE_OVERSIGHT, name="Columbia Department")
        self.renee = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=self.st_agnes, name="Renee Castillo")
        self.noor = a_worker(Role.PRIVACY_OFFICER, agency=self.st_agnes, name="Noor Copperlea")
        self.emi = a_worker(Role.HOME_VISITOR, agency=self.early, name="Emi Practice")
        self.vera = a_worker(Role.HOME_VISITOR, agency=self.visiting, name="Vera Practice")
        self.lena = a_worker(Role.SUPERVISOR, agency=self.pine, name="Lena Ortiz")
        self.ruth = a_worker(Role.STATE_LEAD, agency=self.state, name="Ruth Adeyemi")
        Membership.objects.update(starts_at=self.at - timedelta(days=1))
        with acting_as(by):
            import_directory(facts=seed_facts(), by=by, at=self.at)
        self.renee.worker.user.set_password(PASSWORD)
        self.renee.worker.user.save()

    @transaction.atomic
    def marisol_s_plan(self) -> PlanOfSafeCare:
        """Her plan at Riverbend, with a drug test that is nobody else's matter, and her own page with the PIN of these tests."""
        by = viewer(self.dana)
        mother = self.a_mother(given_name="Marisol", family_name="Quill", language="es", phone=PHONE)
        plan = self.a_plan(mother_id=mother, agreed=True)
        tested: dict[str, Any] = {"specimen": "URINE", "result": "UNCLEAR", "found": SECRET, "reviewer": "", "reviewed_on": None, "meaning": ""}
        with acting_as(by):
            for code, said in (("HOUSING", "A door I can lock."), ("MEDICINE_FOR_RECOVERY", "")):
                actions.add_need(by=by, at=self.at, plan_id=plan.pk, code=code, her_choice="YES", her_words=said, request_key=a_key())
            done = add_entry(by=by, at=self.at, identity_id=mother, sort=Sort.TEST, on=self.today, values=tested, request_key=a_key())
            assert isinstance(done, Done)
        return plan

    def invited(self, plan: PlanOfSafeCare) -> Invited:
        """A new link to her own page, shown to her by Riverbend's coordinator."""
        by = viewer(self.dana)
        with transaction.atomic(), acting_as(by):
            done = portal.invite(by=by, at=clock.now(), identity_id=plan.identity_id, language="es", phone=PHONE, request_key=a_key(), by_text=False)
        assert isinstance(done, Invited)
        return done

    def from_the_chart(self, to: Path, *infants: str, born: date) -> UUID:
        """Bring in the mother's file and her infants', as the hospital's own records, and say whose they are."""
        by = viewer(self.renee)
        read = [File(name=path.name, data=path.read_bytes()) for path in (bundle(name, to, born=born) for name in ("mother", *infants))]
        with transaction.atomic(), acting_as(by):
            done = import_family(by=by, at=clock.now(), mother=read[0], infants=tuple(read[1:]))
        assert isinstance(done, Imported), done
        assert done.mother_id is not None
        self.births = done.birth_ids
        return done.mother_id

    def notified(self, mother: UUID) -> Notification:
        """What steps 2 to 7 leave behind: the birth is notified."""
        by = viewer(self.renee)
        with transaction.atomic(), acting_as(by):
            row = notifying.start_notification(
                by=by, at=clock.now(), mother_id=mother, birth_ids=list(self.births), pack="columbia", request_key=a_key()
            )
            facts = changed(from_json(row.facts), **(ANSWERED | {"plan_status": "HAS_CARD"}))
            saved = notifying.save_facts(by=by, at=clock.now(), notification_id=row.pk, facts=facts, row_version=row.row_version)
            assert isinstance(saved, Notification)
            done = notifying.send_notification(by=by, at=clock.now(), notification_id=row.pk)
        assert isinstance(done, notifying.Sent), done
        return done.notification

    def card_used(self, plan: PlanOfSafeCare, mother: UUID) -> None:
        """What step 5 leaves behind: her card opened the plan to St. Agnes."""
        by, invited = viewer(self.renee), self.invited(plan)
        with transaction.atomic():
            her = her_of(person_id=invited.person.pk)
        assert her is not None
        with transaction.atomic(), acting_as(her.viewer):
            card = portal.make_card(by=her.viewer, at=clock.now(), person_id=her.person.pk, shares_program=False, shares_plan=True)
        with transaction.atomic(), acting_as(by):
            assert isinstance(portal.use_card(by=by, at=clock.now(), identity_id=mother, code=card.code), portal.CardUsed)


def the_hospital() -> Hospital:
    """The world, for browsers to see."""
    subscriptions.join()
    with transaction.atomic():
        return Hospital()


def bundle(name: str, to: Path, *, born: date) -> Path:
    """A file of the hospital's own record system, moved so that the birth was on `born`."""
    moved = born - BORN
    told = json.loads((BUNDLES / f"{name}.json").read_text())
    told["entry"] = [entry for entry in told["entry"] if not any(part in json.dumps(entry) for part in LEFT_OUT)]
    path = to / f"{name}.json"
    path.write_text(DAY.sub(lambda day: day[1] if day[1] < "2000" else (date.fromisoformat(day[1]) + moved).isoformat(), json.dumps(told)))
    return path


def tap(page: Page, question: str, answer: str) -> None:
    """Answer one question."""
    page.get_by_role("group", name=re.compile(question)).get_by_role("radio", name=answer, exact=True).check()


def of(member: Membership) -> Viewer:
    """Who reads the whole of her agency, to look behind the screens."""
    return system(System.JOB, holder_id=member.agency_id)


def notifications_of(member: Membership) -> list[Notification]:
    """Every notification of the agency, oldest first."""
    with transaction.atomic(), acting_as(of(member)):
        return list(Notification.objects.filter(holder_id=member.agency_id).order_by("started_at"))


def her_phone(browser: Browser, site: str, link: str) -> tuple[BrowserContext, Page]:
    """Her phone, with her own page open."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="en-US")
    context.set_default_timeout(10_000)
    page = context.new_page()
    come_in(page, site, link)
    return context, page


def her_code(phone: Page, site: str, *ticks: str) -> str:
    """The code that her card shows after she ticked what it may tell."""
    phone.goto(f"{site}/my/card/")
    for tick in ticks:
        phone.locator(f"[name=ticks][value={tick}]").check(force=True)
    phone.locator("main form button").last.click()
    shown = phone.locator(".cl-code")
    expect(shown).to_be_visible()
    return shown.inner_text()
