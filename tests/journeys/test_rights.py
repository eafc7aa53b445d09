"""She asks for her rights on a phone, and a privacy officer answers on a screen, in a real browser at both widths."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PlanWorld
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.test_her_page import come_in

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.disclosures import actions as disclosures
from careloom.health.models import Medication
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.accounting import account
from careloom.people.models import PersonRecord
from careloom.portal import actions

pytestmark = pytest.mark.browser


@dataclass
class Story:
    """The mother's link, her worker, and the officer who answers."""

    mother: UUID
    link: str
    dana: Membership
    officer: Membership


@pytest.fixture
def story(site: str) -> Story:
    subscriptions.join()
    with transaction.atomic():
        world = PlanWorld()
        mother = world.a_mother(given_name="Marisol", family_name="Valdeluna")
        plan = world.a_plan(mother_id=mother, agreed=True)
        world.share(plan, to=world.bea)
        officer = a_worker(Role.PRIVACY_OFFICER, agency=world.riverbend, name="Olive Keeper", email=f"{uuid4()}@example.org")
    by, bea = viewer(world.dana), viewer(world.bea)
    with transaction.atomic(), acting_as(by):
        Medication(
            holder_id=world.riverbend.pk, identity_id=mother, category="part2.medication", system="x", code="1", display="Buprenorphine 8 mg",
            source_id=uuid4().hex, recorded_at=world.at,
        ).save()  # fmt: skip
        told = disclosures.ByHand(
            identity_id=mother, to_kind="state_oversight", to_name="State Oversight Office", to_address="1 Capitol Square", to_agency_id=None,
            how="LETTER", categories=("posc.plan_core",), purpose="audit", what="A file for the yearly audit", papers="", facts=("AUDIT",),
            given_at=world.at,
        )  # fmt: skip
        assert isinstance(disclosures.note_given(by=by, at=clock.now(), told=told, request_key=uuid4().hex), disclosures.Done)
        invited = actions.invite(by=by, at=clock.now(), identity_id=mother, language="en", request_key=uuid4().hex, by_text=False)
    assert isinstance(invited, actions.Invited)
    with transaction.atomic(), acting_as(bea):
        account(viewer=bea, place="desk:family", rows=list(PersonRecord.objects.filter(identity_id=mother)), at=clock.now())
    return Story(mother=mother, link=invited.path, dana=world.dana, officer=officer)


def test_she_asks_on_her_phone_and_reads_the_answer_that_the_officer_gives(story: Story, visit: Callable[..., Visitor]) -> None:
    phone, desk = visit(width=390), visit(story.officer)
    come_in(phone.page, phone.site, story.link)
    page = phone.go("/my/rights/")
    assert_accessible(page, name="my-rights")
    for right in ("ACCESS", "AMENDMENT", "RESTRICTION", "CONFIDENTIAL"):
        phone.go(f"/my/rights/ask/{right}/")
        assert_accessible(page, name=f"my-ask-{right.lower()}")
    phone.go("/my/rights/ask/ACCESS/")
    page.locator("input[name=holder]").first.check(force=True)
    page.locator("input[name=wants_how][value=PORTAL]").check(force=True)
    page.click("main form button")
    page.wait_for_url(re.compile("/my/rights/asked/"))
    asked = page.url
    assert "They have your request." in page.inner_text("main")
    assert_accessible(page, name="my-right-open")
    phone.go("/my/told/")
    assert "State Oversight Office" in page.inner_text("main")
    assert_accessible(page, name="my-told")
    officer = desk.go("/rights/")
    assert_accessible(officer, name="rights-register")
    officer.click('main .cl-list a:has-text("A copy of her record")')
    assert_accessible(officer, name="rights-access")
    officer.locator("input[name=how][value=PORTAL]").check(force=True)
    officer.click("text=Hand it over")
    officer.wait_for_selector("text=Kept. She sees where it stands.")
    assert_accessible(officer, name="rights-access-done")
    page.goto(asked)
    assert "They said yes." in page.inner_text("main")
    assert page.locator("text=Open what I got").count() == 1
    assert_accessible(page, name="my-right-done")


def test_a_worker_writes_down_what_she_asks_and_the_officer_says_no_and_holds_back(story: Story, visit: Callable[..., Visitor]) -> None:
    worker, desk = visit(story.dana), visit(story.officer)
    page = worker.go(f"/rights/of/{story.mother}/")
    assert_accessible(page, name="rights-family")
    for right in ("RESTRICTION", "ACCOUNTING", "AMENDMENT"):
        worker.go(f"/rights/of/{story.mother}/ask/{right}/")
        assert_accessible(page, name=f"rights-ask-{right.lower()}")
        if right == "RESTRICTION":
            page.select_option("select[name=to]", "HEALTH_PLAN")
        if right == "AMENDMENT":
            page.fill("textarea[name=words]", "I kept each visit in May.")
        page.fill("input[name=verified]", "She is here with me")
        page.click("text=Keep it")
        page.wait_for_url(re.compile(f"/rights/of/{story.mother}/$"))
    officer = desk.go("/rights/")
    officer.click('main .cl-list a:has-text("A list of who was told")')
    assert "State Oversight Office" in officer.inner_text("main")
    assert_accessible(officer, name="rights-accounting")
    officer.click("text=Left out for an official")
    assert_accessible(officer, name="rights-held")
    desk.go("/rights/")
    officer.click('main .cl-list a:has-text("A limit on sharing")')
    assert_accessible(officer, name="rights-restriction")
    officer.locator("input[name=codes][value=NOT_AGREED]").check(force=True)
    officer.fill("textarea[name=answer]", "We share with your plan what it needs to pay for care.")
    officer.click("text=Keep this answer")
    officer.wait_for_selector("text=Kept. She sees where it stands.")
    desk.go("/rights/")
    officer.click('main .cl-list a:has-text("A correction")')
    assert_accessible(officer, name="rights-amendment")
    officer.locator("input[name=parts]").first.check(force=True)
    officer.click("text=Put it beside the record")
    officer.wait_for_selector("text=Kept. She sees where it stands.")
    assert_accessible(officer, name="rights-amendment-done")
    worker.go(f"/rights/of/{story.mother}/")
    assert "I kept each visit in May." in page.inner_text("main")
