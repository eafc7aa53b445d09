"""J3, steps 4, 5, 9, 10: progress comes from her alone; goals are written together; the program puts her first; the past is a summary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page
from tests.factories.agencies import viewer
from tests.factories.births import a_birth, sent
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.pine import FENTANYL, L3, Pine, day, deliver, follow, nothing_of_treatment, pine, press, seen, told
from tests.journeys.test_her_page import come_in

from careloom.disclosures.actions import pass_on
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.referral import Kind
from careloom.notifications.actions import deliver_identified
from careloom.plans.actions import add_need, start_plan
from careloom.plans.models import Need, PlanOfSafeCare
from careloom.plans.referrals.actions import send_referral
from careloom.plans.referrals.answers import Ask, Moved
from careloom.portal.actions import Invited, invite
from careloom.safety.models import SafetyAssessment
from careloom.treatment import actions
from careloom.treatment.codes import Sort

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MEDICINE, RESULT = "Buprenorphine", "Fentanyl found"


@pytest.fixture
def county(site: str) -> Pine:
    """She has been met by child welfare, and has begun treatment at Riverbend, which keeps her plan."""
    world = pine()
    world.accepted()
    world.met_by(world.dana)
    by, today, at = viewer(world.dana), world.today, clock.now()
    entries: list[tuple[Sort, dict[str, Any]]] = [
        (Sort.EPISODE, {"program": "", "elsewhere": False, "ends_on": None, "level": "2.1", "ended_how": ""}),
        (Sort.COMPONENTS, dict.fromkeys(("medication", "counseling", "support", "services"), "IN_PLACE") | {"testing": "SHE_SAID_NO", "words": ""}),
        (Sort.ATTENDANCE, {"from_on": today - timedelta(days=10), "band": "NEARLY_ALL"}),
        (Sort.MEDICINE, {"code": "BUPRENORPHINE", "dose": "8 mg", "prescriber": "", "pregnant": False, "ends_on": None}),
        (Sort.TEST, {"specimen": "URINE", "result": "UNCLEAR", "found": RESULT, "reviewer": "", "reviewed_on": None, "meaning": ""}),
    ]
    with transaction.atomic(), acting_as(by):
        plan = start_plan(by=by, at=at, mother_id=world.mother, pregnancy_id=uuid4(), pack="columbia", request_key=uuid4().hex)
        assert isinstance(plan, PlanOfSafeCare)
        for sort, values in entries:
            done = actions.add_entry(by=by, at=at, identity_id=world.mother, sort=sort, on=today, values=values, request_key=uuid4().hex)
            assert isinstance(done, actions.Done), done
    return world


def another_family(county: Pine) -> Pine:
    """A mother whom nobody treats, notified and taken up in the same way."""
    with transaction.atomic():
        at = clock.now() - timedelta(minutes=1)
        born = a_birth(county.renee, exposures=FENTANYL, county="Pine", at=at, given_name="Bea", phone="555-0165", address="14 Practice Road")
        deliver_identified(notification_id=sent(born, at=at, **L3).notification.pk, holder_id=county.hospital.pk, at=at)
    other = Pine(**(vars(county) | {"mother": born.mother_id, "infants": [one.identity_id for one in born.births]}))
    other.accepted()
    return other


def ask(visitor: Visitor, county: Pine, *, name: str) -> str:
    """Ask for more about her recovery; what the page said before and after."""
    page = seen(visitor, f"/treatment/of/{county.mother}/", name=f"{name}-treatment", says=["There may be more; ask the care team line."])
    nothing_of_treatment(page)
    before = told(page)
    follow(page, "Ask for more")
    assert_accessible(page, name=f"j3-{name}-ask")
    page.get_by_role("checkbox", name="Care for recovery").check(force=True)
    page.get_by_label("Why it would help").fill("So that the goals we write fit her week.")
    press(page, "Send the question")
    return f"{before} {told(page)}"


def sign(page: Page, *, name: str = "Ada", share: tuple[str, ...], why: tuple[str, ...]) -> None:
    """She ticks what is told and why, and signs at the worker's screen."""
    for label in share:
        page.get_by_role("checkbox", name=label).check(force=True)
    for label in why:
        page.get_by_role("checkbox", name=label, exact=True).check(force=True)
    page.get_by_role("button", name=f"{name} signs").click()
    page.get_by_label("She types her name").fill(f"{name} Example")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("In force").wait_for()


def test_progress_comes_only_with_her_yes_and_only_as_far_as_she_says(
    county: Pine, visit: Callable[..., Visitor], site: str, chromium: Browser
) -> None:
    with transaction.atomic(), acting_as(viewer(county.dana)):
        door = invite(by=viewer(county.dana), at=clock.now(), identity_id=county.mother, language="en", request_key=uuid4().hex, by_text=False)
    assert isinstance(door, Invited)

    # 4: the page says what it says for everyone, and so does the answer to the question.
    lena, other = visit(county.lena), another_family(county)
    words = [ask(lena, county, name="treated"), ask(lena, other, name="untreated").replace("Bea", "Ada")]
    assert words[0] == words[1]
    pass_on(at=clock.now())

    # It reached the coordinator, who hears no name, and the mother, who answers on her phone.
    dana = visit(county.dana)
    page = seen(dana, "/today/", name="dana-today", says=["Somebody asks for more about Ada"], not_=["Pine County"])
    follow(page, "Read it")
    assert_accessible(page, name="j3-dana-asked")
    assert "Lena" not in told(page)
    context = chromium.new_context(viewport={"width": 320, "height": 700}, locale="en-US")
    context.set_default_timeout(15_000)
    phone = context.new_page()
    come_in(phone, site, door.path)
    follow(phone, "Read it and answer")
    assert_accessible(phone, name="j3-phone-asked", widths=(320,))
    assert "The county asks to see more" in told(phone)
    press(phone, "Yes")
    context.close()

    # Her yes opens nothing: it brings the form. What she ticks is what Lena reads.
    nothing_of_treatment(lena.go(f"/treatment/of/{county.mother}/"))
    page = seen(dana, "/today/", name="dana-form", says=["Bring a form to Ada"])
    follow(page, "Open the form")
    sign(page, share=("That I am in treatment", "How treatment goes", "Visits kept"), why=("Follow how the plan goes",))
    shown = ["Riverbend Clinic", "Nearly all (9 of 10 or more)", "In place", "She said no", f"{county.today:%Y}"]
    page = seen(lena, f"/treatment/of/{county.mother}/", name="progress", says=shown)
    assert [word for word in (MEDICINE, "8 mg", RESULT, "Urine") if word in page.content()] == []
    (row,) = county.rows(SafetyAssessment)
    seen(lena, f"/safety/{row.pk}/factors/", name="factors-progress", says=["Treatment progress", "Nearly all", "Riverbend Clinic"])


def test_goals_are_written_together_and_the_provider_says_whether_they_are_realistic(county: Pine, visit: Callable[..., Visitor]) -> None:
    # 5: a goal says how and by when; the provider has not answered, so the plan waits.
    county.case()
    lena, dana = visit(county.lena), visit(county.dana)
    page = seen(lena, f"/cases/of/{county.mother}/item/", name="goal-form")
    page.get_by_role("radio", name="Goal", exact=True).check(force=True)
    page.get_by_label("In plain words").fill("Two groups a week, and he sleeps apart")
    page.get_by_role("radio", name="The parent", exact=True).check(force=True)
    page.get_by_label("How you will both know").fill("Crib beside her bed at each visit")
    day(page, "by_on", county.today + timedelta(days=40))
    page.get_by_label("Which provider").select_option(label="Riverbend Clinic")
    press(page, "Put it in the case plan")
    assert_accessible(page, name="j3-case-goal")
    # She lets Riverbend read the case plan; then it is asked, and answers with a consent the other way.
    page = lena.go(f"/consents/new/{county.mother}/?recipients={county.riverbend.pk}")
    sign(page, share=("The case plan",), why=("Plan together", "Treat"))
    page = seen(lena, f"/cases/of/{county.mother}/", name="case-shared")
    follow(page, "Ask the provider")
    press(page, "Ask")
    page = dana.go(f"/consents/new/{county.mother}/?recipients={county.cps.pk}")
    sign(page, share=("Plan and visits",), why=("Plan together", "Follow how the plan goes"))
    page = seen(dana, "/today/", name="dana-fit", says=["Say whether a goal is realistic for Ada"])
    follow(page, "Read and answer")
    assert_accessible(page, name="j3-dana-goal")
    if page.get_by_role("link", name="Say whether it is realistic").count():
        follow(page, "Say whether it is realistic")
    page.get_by_role("radio", name="Realistic with a change").check(force=True)
    page.get_by_label("What would make it so").fill("Evening groups end at eight.")
    press(page, "Keep the answer")
    seen(lena, f"/cases/of/{county.mother}/", name="case-fit", says=["Realistic with a change", "Evening groups end at eight."])


def test_the_program_puts_her_first_and_the_past_is_a_summary_that_she_sees_asked_for(
    county: Pine, visit: Callable[..., Visitor], site: str, chromium: Browser
) -> None:
    # 9: child welfare asks the program for a place on her behalf, and what puts her first stands in its queue.
    lena, dana, other = visit(county.lena), visit(county.dana), another_family(county)
    by, at = viewer(county.lena), clock.now()
    with transaction.atomic(), acting_as(by):
        plan = start_plan(
            by=by, at=at, mother_id=other.mother, pregnancy_id=uuid4(), pack="columbia", request_key=uuid4().hex, kind="POSTNATAL",
            born_on=county.today - timedelta(days=3),
        )  # fmt: skip
        assert isinstance(plan, PlanOfSafeCare)
        need = add_need(by=by, at=at, plan_id=plan.pk, code="MEDICINE_FOR_RECOVERY", her_choice="YES", request_key=uuid4().hex)
        assert isinstance(need, Need), need
    page = lena.go(f"/consents/new/{other.mother}/?recipients={county.riverbend.pk}")
    sign(page, name="Bea", share=("Plan and visits", "That I am in treatment"), why=("Plan together", "Treat"))
    with transaction.atomic(), acting_as(by):
        asked = Ask(kind=Kind.LIVE, organization="Riverbend Clinic", agency_id=county.riverbend.pk)
        done = send_referral(by=by, at=clock.now(), need_id=need.pk, ask=asked, request_key=uuid4().hex)
        assert isinstance(done, Moved), done
    deliver()
    supervisor = visit(county.ana)
    seen(supervisor, "/treatment/", name="queue", says=["Bea", "Goes first: child welfare case"])

    # 10: the past is a line with its statute; the team's coordinator says why first, and her question stands on the mother's own page.
    page = seen(lena, f"/safety/of/{county.mother}/earlier/new/", name="earlier-new")
    day(page, "from_on", county.today - timedelta(days=900))
    day(page, "to_on", county.today - timedelta(days=800))
    page.get_by_role("radio", name="Family assessment").check(force=True)
    page.get_by_role("radio", name="Services ended").check(force=True)
    press(page, page.locator("main form button").last.inner_text())
    page = lena.go(f"/consents/new/{county.mother}/?recipients={county.riverbend.pk}")
    sign(page, share=("Earlier child welfare involvement",), why=("Plan together", "Treat"))
    page = seen(dana, f"/safety/of/{county.mother}/earlier/", name="earlier", not_=["Services ended"])
    page.get_by_role("radio", name="To plan services with her").check(force=True)
    page.get_by_label("In a few words").fill("To plan the visits with her")
    press(page, "Show what I may read")
    assert_accessible(page, name="j3-earlier-shown")
    assert [word for word in ("Family assessment", "Services ended", "42 USC 5106a(b)(2)(B)(viii)") if word not in told(page)] == []
    with transaction.atomic(), acting_as(viewer(county.dana)):
        door = invite(by=viewer(county.dana), at=clock.now(), identity_id=county.mother, language="en", request_key=uuid4().hex, by_text=False)
    assert isinstance(door, Invited)
    context = chromium.new_context(viewport={"width": 320, "height": 700}, locale="en-US")
    phone = context.new_page()
    come_in(phone, site, door.path)
    phone.goto(f"{site}/my/past/")
    assert_accessible(phone, name="j3-phone-past", widths=(320,))
    assert "To plan the visits with her" in told(phone)
    context.close()
