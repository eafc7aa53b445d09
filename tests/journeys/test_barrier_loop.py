"""The loop of the level: a barrier raised on a plan goes up, is decided with one dissent, and comes back as guidance to who raised it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page
from tests.factories.agencies import viewer
from tests.factories.barriers import House
from tests.factories.plans import a_key
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.riverbend import HER, Riverbend, fill, later, send, texts_that_leave, write
from tests.journeys.test_her_page import come_in
from tests.requirements.test_structure_rows import day
from tests.requirements.test_structure_rows import send as post

from careloom.agencies.models import Membership
from careloom.barriers.actions import gather
from careloom.barriers.models import Barrier
from careloom.changes.models import Guidance, GuidanceVersion
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.meetings.models import AgendaItem, Decision, Meeting
from careloom.plans import actions
from careloom.plans.models import Need
from careloom.portal.actions import Invited, invite

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
PLAIN = "You said the clinic was too far. You can now ask for a ride of any length."
PLAIN_ES = "Usted dijo que la clínica queda muy lejos. Ahora puede pedir un viaje de cualquier distancia."


def signed_in(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user)
    return client


class Loop:
    """A family whose need nobody can meet, and a collaborative of its county with three tiers."""

    def __init__(self) -> None:
        self.world = Riverbend()
        self.house = House(signed_in)
        self.rooms = self.house.rooms
        with transaction.atomic():
            self.mother = self.world.a_mother(**(HER | {"county": self.house.county, "phone": "555-0166"}))
            self.plan = self.world.a_plan(mother_id=self.mother, agreed=True)
            by = viewer(self.world.dana)
            with acting_as(by):
                need = actions.add_need(by=by, at=self.world.at, plan_id=self.plan.pk, code="RIDES", title="", her_choice="YES", request_key=a_key())
                assert isinstance(need, Need)
                actions.resolve_need(by=by, at=clock.now(), need_id=need.pk, result="UNMET", reason="TOO_FAR", request_key=a_key())
        self.need = need
        sits = lambda body: self.house.member(body, office="CHAIR")[1]  # noqa: E731
        self.group, self.core, self.judge = sits(self.house.group), sits(self.house.core), sits(self.house.oversight)
        charter = f"{self.rooms}bodies/{self.house.oversight.pk}/charter/"
        post(self.house.ruth, charter, processes="Monthly.", roles="The hub writes.", rule="VOTE", **day("adopted_on"))

    @property
    def barrier(self) -> Barrier:
        return Barrier.objects.get(county=self.house.county)

    def at(self, deed: str = "") -> str:
        return f"{self.rooms}barriers/{self.barrier.pk}/{deed}"


@pytest.fixture(scope="module")
def loop(site: str) -> Loop:
    return Loop()


def test_a_barrier_from_a_plan_comes_back_as_guidance(loop: Loop, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    texts_that_leave(monkeypatch)
    a_worker_passes_it_on(loop, visit)
    work_group_and_core_send_it_up(loop, visit)
    oversight_decides_with_one_dissent(loop, visit)
    guidance_comes_of_it(loop, visit)
    agencies_acknowledge(loop, visit)
    who_raised_it_hears(loop, visit)


def a_worker_passes_it_on(loop: Loop, visit: Visit) -> None:
    """One press on the plan. The register shows it when the month is over, with no family in it."""
    dana = visit(loop.world.dana)
    page = dana.go(f"/following/plans/{loop.plan.pk}/")
    page.get_by_role("link", name=re.compile("Pass it on as a barrier")).click()
    fill(page, {"words": "The clinic is 70 miles away and no bus goes there"})
    send(page)
    assert page.get_by_text("Passed on. Nothing in it leads back to her.").is_visible()
    gather(at=clock.now())
    assert not Barrier.objects.filter(county=loop.house.county).exists()
    later(days=32)
    gather(at=clock.now())
    assert Barrier.objects.get(county=loop.house.county).raised_on.day == 1


def work_group_and_core_send_it_up(loop: Loop, visit: Visit) -> None:
    group = visit(loop.group)
    page = group.go("/today/")
    assert page.get_by_text("Triage one barrier").is_visible()
    assert_accessible(page, name="loop-today-triage")
    told = {"body_id": loop.house.group.pk, "title": "The clinic is 70 miles away and there is no ride", "words": "Mothers miss doses."}
    page = write(group, loop.at("triage/"), told, shot="loop-triage")
    assert page.get_by_text("Fewer than 11 families").first.is_visible()
    assert HER["given_name"] not in page.content()
    write(group, loop.at("up/"), {"tried": "Volunteers gave 2 rides in 9 tries.", "asks": "Ask the health plan."})
    core = visit(loop.core)
    write(core, loop.at("up/"), {"tried": "The plan pays 50 miles.", "asks": "Change the rule.", "cross_system": True})
    assert loop.barrier.state == "QUEUED"


def oversight_decides_with_one_dissent(loop: Loop, visit: Visit) -> None:
    """The barrier stands on the agenda by itself; what the meeting decides is the decision of the barrier, written once."""
    judge = visit(loop.judge)
    meeting = meeting_of(loop)
    here = f"{loop.rooms}meetings/{meeting.pk}/"
    page = judge.go(here)
    step(page, "build")
    AgendaItem.objects.filter(meeting=meeting).update(for_families="They get there.")
    judge.go(here)
    step(page, "publish")
    judge.go(here)
    step(page, "begin")
    item = AgendaItem.objects.get(meeting=meeting, about_id=loop.barrier.pk)
    judge.go(f"{here}room/?point={item.pk}")
    page.get_by_text("Write a decision").click()
    form = "form:has(input[name=does][value=decide])"
    told = {
        "proposal": "No mile limit in pregnancy and the first year.", "for_families": "They get there.", "result": "ADOPTED", "votes_for": 6,
        "votes_against": 1, "abstained": 0, "decision": "RESOLVE", "due_on": clock.today() + timedelta(days=60),
    }  # fmt: skip
    fill(page, told, form=form)
    assert_accessible(page, name="loop-room")
    send(page, form=form)
    assert loop.barrier.state == "DECIDED"
    decision = Decision.objects.get(about_id=loop.barrier.pk)
    write(judge, f"{loop.rooms}meetings/decisions/{decision.pk}/", {"kind": "DISSENT", "words": "There should be a ceiling."}, shot="loop-dissent")
    page = judge.go(loop.at())
    assert page.get_by_text("6 for, 1 against").first.is_visible()
    assert page.get_by_text("There should be a ceiling.").is_visible()
    assert_accessible(page, name="loop-decided")


def meeting_of(loop: Loop) -> Meeting:
    at = clock.now().astimezone(clock.zone()) + timedelta(hours=1)
    where = {"minutes": "60", "mode": "VIRTUAL", "link": "https://video.example/oversight"}
    place = post(
        signed_in(loop.judge), f"{loop.rooms}bodies/{loop.house.oversight.pk}/meetings/new/", on=at.date().isoformat(), hour=f"{at:%H:%M}", **where
    )
    return Meeting.objects.get(pk=place.rstrip("/").rsplit("/", 1)[1])


def step(page: Page, does: str) -> None:
    with page.expect_navigation():
        page.locator(f"form:has(input[name=does][value={does}]) button").first.click()


def guidance_comes_of_it(loop: Loop, visit: Visit) -> None:
    """The core team drafts it from the barrier, with what is known filled in; oversight issues it, and then a second version."""
    core = visit(loop.core)
    page = write(core, loop.at("outcome/"), {"outcome_kind": "GUIDANCE", "words": "Rides of any length"})
    assert page.locator("[name=title]").input_value() == "Rides of any length"
    assert page.locator("[name=text]").input_value() == "No mile limit in pregnancy and the first year."
    assert_accessible(page, name="loop-draft")
    send(page)
    assert page.get_by_role("heading", name="It answers this barrier").is_visible()
    assert_accessible(page, name="loop-guidance")
    guidance = Guidance.objects.get(barrier_id=loop.barrier.pk)
    issued(loop, visit, guidance, number=1)
    core = visit(loop.core)
    changed = {"text": "Book a ride of any length by phone the day before.", "changed": "By phone, the day before."}
    write(core, f"{loop.rooms}guidance/{guidance.pk}/next/", changed)
    issued(loop, visit, guidance, number=2)


def issued(loop: Loop, visit: Visit, guidance: Guidance, *, number: int) -> None:
    version = GuidanceVersion.objects.get(guidance=guidance, number=number)
    of = f"{loop.rooms}guidance/version/{version.pk}/"
    write(visit(loop.judge), f"{of}comments/", {"until": clock.today() + timedelta(days=1)})
    later(days=2)
    to: dict[str, object] = {"partners": [loop.house.partner.pk], "bodies": [loop.house.group.pk]}
    page = write(visit(loop.judge), f"{of}issue/", to)
    assert page.get_by_text("Issued.").first.is_visible()


def agencies_acknowledge(loop: Loop, visit: Visit) -> None:
    guidance = Guidance.objects.get(barrier_id=loop.barrier.pk)
    group = visit(loop.group)
    page = group.go("/today/")
    assert page.get_by_text("Acknowledge: Rides of any length").first.is_visible()
    page = group.go(f"{loop.rooms}guidance/{guidance.pk}/")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(f"We have read it.*{re.escape(loop.house.group.name)}")).first.click()
    renee = visit(loop.house.renee_member)
    page = renee.go(f"{loop.rooms}guidance/{guidance.pk}/")
    page.get_by_role("link", name=re.compile("We work this way")).first.click()
    fill(page, {"how": "Each nurse books it."})
    send(page)
    page = renee.go(loop.at())
    assert page.get_by_text("Guidance issued, version 2: Rides of any length").is_visible()
    assert page.get_by_text("Each nurse books it.").is_visible()
    assert_accessible(page, name="loop-back")


def who_raised_it_hears(loop: Loop, visit: Visit) -> None:
    """The worker on Today and on the plan; the mother on her page, in both languages."""
    told = {"words": "You can ask for any ride.", "plain": PLAIN, "plain_es": PLAIN_ES}
    write(visit(loop.core), loop.at("tell/"), told, shot="loop-tell")
    dana = visit(loop.world.dana)
    page = dana.go("/today/")
    assert page.get_by_text("The partnership answered about a need of").is_visible()
    assert page.get_by_text(PLAIN).is_visible()
    assert_accessible(page, name="loop-today-answer")
    page = dana.go(f"/following/plans/{loop.plan.pk}/")
    assert page.get_by_text(PLAIN).is_visible()
    assert_accessible(page, name="loop-plan-answer")
    her = her_phone(loop.world, visit, loop.mother)
    page = her.go("/my/way/")
    assert page.get_by_text(PLAIN).is_visible()
    assert_accessible(page, name="loop-hers")
    her.context.add_cookies([{"name": "django_language", "value": "es", "url": her.site}])
    page = her.go("/my/way/")
    assert page.get_by_text(PLAIN_ES).is_visible()
    assert_accessible(page, name="loop-hers-es")


def her_phone(world: Riverbend, visit: Visit, mother: UUID) -> Visitor:
    with transaction.atomic(), acting_as(viewer(world.dana)):
        done = invite(by=viewer(world.dana), at=clock.now(), identity_id=mother, language="en", phone="555-0166", request_key="her")
    assert isinstance(done, Invited)
    phone = visit(width=320)
    phone.context.set_default_timeout(20_000)
    come_in(phone.page, phone.site, done.path)
    return phone
