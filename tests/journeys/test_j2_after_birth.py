"""J2, steps 7 to 9: a shelter without an account, the review thirty days after the birth without a connection, and a return to use."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from playwright.sync_api import Browser, expect
from tests.factories.agencies import viewer
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.riverbend import Riverbend, fill, later, refused, send, write

from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.plan import PlanState
from careloom.kernel.referral import State
from careloom.notifications.models import Notification, ReceivedNotification
from careloom.plans import actions
from careloom.plans.models import Need, PlanOfSafeCare, PlanVersion, Referral, Review

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
SAID = "Ella: vamos bien, nos falta la casa."


@pytest.fixture(scope="module")
def world(site: str) -> Riverbend:
    """As it stands some weeks before the birth: a plan with a need for a home and for recovery care, shared with the county."""
    world = Riverbend()
    with transaction.atomic():
        plan = world.a_plan(mother_id=world.mother, agreed=True, language="es")
        by = viewer(world.dana)
        with acting_as(by):
            for code in ("HOUSING", "RECOVERY_CARE"):
                done = actions.add_need(by=by, at=world.at, plan_id=plan.pk, code=code, her_choice="YES", request_key=code)
                assert isinstance(done, Need)
        world.share(plan, to=world.vera)
    return world


def plan_of(world: Riverbend) -> PlanOfSafeCare:
    with transaction.atomic(), acting_as(viewer(world.dana)):
        return PlanOfSafeCare.objects.get(identity_id=world.mother)


def test_from_the_shelter_s_answer_to_the_review_on_a_phone_and_a_hard_day(world: Riverbend, visit: Visit, chromium: Browser) -> None:
    dana = visit(world.dana)
    dana.context.set_default_timeout(20_000)
    plan = plan_of(world)
    referral = a_shelter_without_an_account(world, dana, chromium)
    missed_twice_then_on_the_list(world, visit, referral)
    the_birth_and_its_review_day(world, visit, plan.pk)
    the_review_without_a_connection(world, visit, plan.pk)
    a_return_to_use(world, visit, plan.pk)
    the_explicit_questions(world, visit)


def a_shelter_without_an_account(world: Riverbend, dana: Visitor, chromium: Browser) -> UUID:
    """7 The shelter is asked by a page that opens once. It says yes without an account, and reads no name before that."""
    with transaction.atomic(), acting_as(viewer(world.dana)):
        need = Need.objects.get(code="HOUSING")
    asked = {"organization": "Hope Street Shelter", "kind": "LINK", "place": "Pine County"}
    page = write(dana, f"/plans/referrals/new/{need.pk}/", asked, shot="j2-refer")
    address = page.locator("#page-url").input_value()
    assert_accessible(page, name="j2-referral-sent")
    theirs = chromium.new_page(viewport={"width": 320, "height": 640})
    theirs.goto(address)
    assert "Marisol" not in theirs.content()
    assert "Riverbend" not in theirs.content()
    assert_accessible(theirs, name="j2-shelter")
    theirs.get_by_label("Yes, we have a place").check(force=True)
    theirs.locator("[name=note]").wait_for()
    theirs.get_by_role("button", name="Send answer").click()
    theirs.get_by_text("Thank you. We have your answer.").wait_for()
    assert_accessible(theirs, name="j2-shelter-after")
    theirs.goto(address.replace("/r/", "/r/x"))
    theirs.close()
    with transaction.atomic(), acting_as(viewer(world.dana)):
        referral = Referral.objects.get(need_id=need.pk)
    assert referral.state == State.ACCEPTED
    return referral.pk


def missed_twice_then_on_the_list(world: Riverbend, visit: Visit, referral: UUID) -> None:
    """7 A visit that did not happen is nobody's fault: a second one is planned, and then the waiting list holds the place."""
    path = f"/plans/referrals/{referral}/"
    for attempt, follows in ((1, "REFERRAL_MISSED"), (2, "REFERRAL_OUTREACH")):
        dana = visit(world.dana)
        write(dana, f"{path}move/scheduled/", {"day": clock.today() + timedelta(days=3), "hour": "10:00"}, shot=f"j2-visit-{attempt}")
        later(days=4)
        dana = visit(world.dana)
        write(dana, f"{path}move/no_show/", {"note": "The bus did not come."})
        assert follows in world.owed(world.dana)
    page = write(dana, f"{path}answer/waitlisted/", {"waitlist_place": 4}, shot="j2-waitlist")
    assert page.get_by_text("The other side sees it now.").count() == 0  # the shelter has no account, so it sees nothing
    assert_accessible(page, name="j2-referral-waits")
    page = dana.go(f"/families/{world.mother}/")
    assert page.get_by_text("Hope Street Shelter").first.is_visible()
    assert_accessible(page, name="j2-family-waits")
    with transaction.atomic(), acting_as(viewer(world.dana)):
        row = Referral.objects.get(pk=referral)
    assert (row.state, row.waitlist_place) == (State.WAITLISTED, 4)


def the_birth_and_its_review_day(world: Riverbend, visit: Visit, plan: UUID) -> None:
    """8 The birth is written down; the clock asks for the review of the thirtieth day by itself."""
    later(days=20)
    born = clock.today()
    dana = visit(world.dana)
    write(dana, f"/plans/{plan}/birth/", {"born_on": born, "first_baby": "Baby", "discharged_on": born}, shot="j2-birth")
    with transaction.atomic(), acting_as(viewer(world.dana)):
        due = Review.objects.filter(plan_id=plan, kind="REVIEW", held_at=None, called_off_at=None).order_by("due_on")[0]
    assert due.due_on == born + timedelta(days=30)
    later(days=2)
    with transaction.atomic(), acting_as(viewer(world.dana)):
        contacts = list(Review.objects.filter(plan_id=plan, kind__in=["FIRST_CONTACT", "HOME_VISIT"], held_at=None).order_by("due_on"))
    for row in contacts:
        write(visit(world.dana), f"/plans/{plan}/reviews/{row.pk}/", {"mode": "IN_PERSON"}, shot=f"j2-{row.kind.lower()}")
    assert later(days=28) == due.due_on
    assert "REVIEW_DUE" in world.owed(world.dana)
    page = visit(world.dana).go("/today/")
    assert page.get_by_text("Hold the review with").first.is_visible()
    assert_accessible(page, name="j2-today")


def the_review_without_a_connection(world: Riverbend, visit: Visit, plan: UUID) -> None:
    """8 At her home, on a phone of 320 pixels, with no network: the review is kept, sent once when the network is back, and held once."""
    dana = visit(world.dana, width=320)
    page = dana.go("/today/")
    page.get_by_role("link", name=re.compile("Get ready")).first.click()
    page.wait_for_url("**/reviews/**")
    dana.context.set_offline(True)
    needs = page.locator("main form [name^=finding_]").evaluate_all("all => [...new Set(all.map(e => e.name))]")
    assert len(needs) == 2
    fill(page, {"mode": "IN_PERSON", "present": "Elena", "her_rating": "4", "her_words": SAID, **dict.fromkeys(needs, "NEEDS_WORK")},
         form="main form:has([name=her_words])")  # fmt: skip
    button = page.locator("main form:has([name=her_words])").get_by_role("button", name="Keep the review")
    button.click()
    waiting = page.get_by_role("region", name="Waiting to be sent")
    expect(waiting).to_contain_text("There is no connection. What you wrote is kept on this device, sealed")
    button.click()
    expect(waiting.get_by_role("listitem")).to_have_count(1)
    assert_accessible(page, name="j2-review-offline")
    assert held(world, plan) == []
    dana.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(waiting).to_contain_text("What waited here was sent.")
    dana.go("/today/")
    expect(page.get_by_role("region", name="Waiting to be sent")).to_be_hidden()
    assert held(world, plan) == [SAID]
    with transaction.atomic(), acting_as(viewer(world.dana)):
        assert PlanVersion.objects.filter(plan_id=plan, why="REVIEW").count() == 1
    assert_accessible(dana.go(f"/families/{world.mother}/"), name="j2-reviewed")
    dana.said.clear()


def held(world: Riverbend, plan: UUID) -> list[str]:
    with transaction.atomic(), acting_as(viewer(world.dana)):
        return list(Review.objects.filter(plan_id=plan, kind="REVIEW", held_at__isnull=False).values_list("her_words", flat=True))


def a_return_to_use(world: Riverbend, visit: Visit, plan: UUID) -> None:
    """9 A return to use: her helper talks with her, the plan is looked at again, and nobody is reported or told."""
    dana = visit(world.dana)
    told = {"happened_on": clock.today(), "told_by": "HERSELF", "words": "Fue un día malo.", "helps_now": "Rosa, and the group."}
    page = write(dana, f"/treatment/of/{world.mother}/return/new/", told, shot="j2-return")
    assert_accessible(page, name="j2-treatment-after")
    later(hours=1)
    assert plan_of(world).status == PlanState.UNDER_REVIEW
    assert {"TREATMENT_CONTACT", "REVIEW_DUE"} <= set(world.owed(world.dana))
    page = visit(world.dana).go("/today/")
    assert page.get_by_text("She returned to use, which is part of recovery. Nobody else was told, and nothing closes.").first.is_visible()
    assert_accessible(page, name="j2-today-return")
    # Nothing went to child welfare: no report, no notice, no work; and what the county reads of the plan does not tell it.
    assert world.owed(world.vera) == []
    for model in (Notification, ReceivedNotification):
        for agency in (world.riverbend, world.county, world.st_agnes):
            job = system(System.JOB, holder_id=agency.pk)
            with transaction.atomic(), acting_as(job):
                assert not model.objects.exists()
    vera = visit(world.vera)
    for path in (f"/families/{world.mother}/", f"/families/{world.mother}/story/", f"/plans/{plan}/sections/", "/today/"):
        words = vera.go(path).inner_text("main").lower()
        assert "return to use" not in words
        assert "returned to use" not in words


def the_explicit_questions(world: Riverbend, visit: Visit) -> None:
    """9 Whether she is safe at home is asked again in words that each name one thing; an answer that is not given is asked for."""
    dana = visit(world.dana)
    page = dana.go(f"/forms/{world.mother}/")
    assert_accessible(page, name="j2-forms")
    start = "main form:has([name=url])"
    fill(page, {"url": "urn:careloom:form:safe-at-home", "language": "en"}, form=start)
    send(page, form=start)
    page.locator("[name=alone]").first.check(force=True)
    page.get_by_text("has anybody hit, pushed, choked or hurt you").wait_for()
    page.get_by_text("Has anybody made you do something sexual that you did not want?").wait_for()
    assert_accessible(page, name="j2-safe-at-home")
    with page.expect_navigation():
        page.get_by_role("button", name="Hand it in").click()
    refused(dana)
    for name in ("afraid", "hurt", "control", "forced"):
        with page.expect_response(lambda answer: answer.url.endswith("/save/")):
            page.locator(f"[name={name}]").nth(1).check(force=True)
    page.wait_for_load_state("networkidle")
    with page.expect_navigation():
        page.get_by_role("button", name="Hand it in").click()
    assert page.get_by_text("Handed in.").is_visible()
    assert_accessible(page, name="j2-safe-at-home-in")
    # It is kept where no form of hers opens it, so the county's next page has nothing of it.
    vera = visit(world.vera)
    assert "safe at home" not in vera.go(f"/forms/{world.mother}/").locator("main .cl-block").first.inner_text().lower()
