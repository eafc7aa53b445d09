"""J3, steps 7, 8 and 11: a danger, a safety plan by word of mouth, a child in care, a Tribe, and a year of clocks up to the court's new day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.pine import REPORT, Pine, day, follow, pine, press, seen, told

from careloom.infra import clock
from careloom.kernel.packs import ClockName
from careloom.permanency.models import Placement, Removal
from careloom.safety.clocks import due
from careloom.safety.models import SafetyPlan

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WHY = "Nobody of this kind could be found who has room now."
ENOUGH = "A safety plan with her sister was tried at home and did not hold over the weekend."


@pytest.fixture
def county(site: str) -> Pine:
    """A report that was taken up; the assessment found a danger that an aunt at home holds back, and the supervisor approved it."""
    world = pine(about=REPORT)
    row = world.accepted()
    with transaction.atomic():
        world.safety.unsafe(row)
    return world


def deed(visitor: Visitor, county: Pine, name: str) -> Page:
    """The form of a deed about the family, sound at both widths."""
    return seen(visitor, f"/cases/of/{county.mother}/{name}/", name=f"deed-{name}")


def on_row(visitor: Visitor, row: Removal, name: str) -> Page:
    """The form of a deed about a removal."""
    return seen(visitor, f"/cases/row/{row.pk}/{name}/", name=f"row-{name}")


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).check(force=True)


def test_a_danger_is_held_back_by_a_plan_that_is_spoken_first_and_signed_in_five_days(county: Pine, visit: Callable[..., Visitor]) -> None:
    # 7: unsafe, so there is a safety plan; each danger has a step; the spoken yes holds, and the signatures have their clock.
    lena = visit(county.lena)
    page = seen(lena, "/today/", name="today-plan", says=["Write the safety plan with Ada"])
    follow(page, "Open", exact=True)
    assert_accessible(page, name="j3-assessment-unsafe")
    press(page, "Write the safety plan")
    assert_accessible(page, name="j3-plan-empty")
    press(page, "They said yes")
    lena.said.clear()  # the browser notes an answer that asks for mending
    assert page.locator(".usa-error-message, .usa-error-summary").count() >= 1
    for label, words in (("What", "Aunt sleeps in the same room"), ("Who", "Aunt"), ("When", "Every night")):
        page.locator("form[action$='/step/']").get_by_label(label, exact=False).first.fill(words)
    page.locator("form[action$='/step/'] [name=factor]").first.check(force=True)
    press(page, "Add the step")
    page.locator("[name=agreed_who]").fill("Ada and her aunt")
    page.locator("[name=heard_by]").fill("Lena Ortiz")
    press(page, "They said yes")
    (plan,) = county.rows(SafetyPlan)
    last = due(ClockName.SAFETY_PLAN_SIGN, pack=plan.pack, at=plan.agreed_at) - timedelta(minutes=1)
    assert plan.sign_by == due(ClockName.SAFETY_PLAN_SIGN, pack=plan.pack, at=plan.agreed_at)
    local = last.astimezone(clock.zone(county.cps.zone))
    page = seen(lena, f"/safety/plan/{plan.pk}/", name="plan-spoken", says=["Agreed to out loud", f"{local.day}, {local:%Y}"])
    seen(lena, "/today/", name="today-sign", says=["Get the safety plan signed by Ada"])
    page = lena.go(f"/safety/plan/{plan.pk}/")
    signing = page.locator("form[action$='/signature/']")
    signing.locator("[name=name]").fill("Ada Example")
    signing.locator("[name=role]").fill("mother")
    signing.locator("[name=how][value=WRITTEN]").check(force=True)
    signing.locator("[name=last]").check(force=True)
    press(page, "Keep the signature")
    assert_accessible(page, name="j3-plan-signed")
    assert [row.state for row in county.rows(SafetyPlan)] == ["SIGNED"]


def test_a_child_in_care_and_the_tribe(county: Pine, visit: Callable[..., Visitor]) -> None:
    county.case("COURT_IN_HOME")
    lena = visit(county.lena)
    # 8: without the reason why nothing less was enough there is no removal; with it custody and the clocks begin.
    page = deed(lena, county, "remove")
    page.get_by_label("Which child").select_option(label="Jo")
    choose(page, "A court order")
    day(page, "removed_on", county.today)
    day(page, "found_on", county.today)
    press(page, "Record the removal")
    assert "Why not" not in told(page)
    assert page.locator(".usa-error-message").count() >= 1
    assert county.rows(Removal) == []
    assert_accessible(page, name="j3-removal-refused")
    page.get_by_label("What less restrictive was tried").fill(ENOUGH)
    press(page, "Record the removal")
    (row,) = county.rows(Removal)
    page = seen(lena, f"/cases/of/{county.mother}/", name="case-in-care", says=["In care since", ENOUGH, "Temporary custody", "Hearing by"])
    seen(lena, "/today/", name="today-kin", says=["Look for relatives and tell them, for Ada"])

    # Kin is looked for and told; the child lives with a relative, and each nearer setting that was not used is explained.
    page = on_row(lena, row, "kin")
    for label, words in (("Name", "Rosa Example"), ("What they are", "great-aunt"), ("How they were found", "the mother named her")):
        page.get_by_label(label).first.fill(words)
    day(page, "told_on", county.today)
    choose(page, "By letter")
    choose(page, "Can offer a home")
    press(page, "Keep it")
    page = on_row(lena, row, "place")
    choose(page, "A relative")
    page.get_by_label("With whom, or where").fill("Rosa Example, great-aunt")
    choose(page, "There are none in care")
    day(page, "starts_on", county.today)
    press(page, "Keep it")
    assert page.locator(".usa-error-message, .usa-error-summary").count() >= 1
    assert county.rows(Placement) == []
    page.get_by_label("Why not with the mother in residential").fill(WHY)
    press(page, "Keep it")
    assert [placed.setting for placed in county.rows(Placement)] == ["RELATIVE"]
    seen(lena, f"/cases/of/{county.mother}/", name="case-placed", says=["Rosa Example", "Can offer a home", WHY])

    # 11: the question names Eagle Nation: its worker is invited at once, and separate standards apply from now on.
    page = deed(lena, county, "tribe")
    page.get_by_label("About which child").select_option(label="Jo")
    page.get_by_role("checkbox", name="The mother").check(force=True)
    page.get_by_role("checkbox", name="Somebody in the case says").check(force=True)
    page.get_by_label("Which Tribe or Tribes").fill("Eagle Nation")
    page.get_by_label("The Tribe on Careloom").select_option(label="Eagle Nation Wellness")
    day(page, "asked_on", county.today)
    press(page, "Keep the answers")
    seen(lena, "/today/", name="today-tribe", says=["Send notice to the Tribe about Ada"])
    seen(lena, f"/cases/of/{county.mother}/", name="case-tribe", says=["Separate standards apply", "Eagle Nation", "Active efforts"])
    nora = visit(county.nora)
    page = seen(nora, "/today/", name="nora-invited", says=["Read and answer a question about"])
    follow(page, "Read and answer")
    assert_accessible(page, name="j3-nora-invitation")
    assert [word for word in ("A question about a child", "Jo Example", "Ada Example") if word not in told(page)] == []
    page = deed(lena, county, "notice")
    page.get_by_label("About which child").select_option(label="Jo")
    page.get_by_label("The Tribe on Careloom").select_option(label="Eagle Nation Wellness")
    page.get_by_label("Which court").fill("Pine County Family Court")
    choose(page, "Foster care placement")
    day(page, "sent_on", county.today)
    page.get_by_label("Number of the registered letter").fill("RR 123 456")
    press(page, "Keep the notice")
    page = seen(nora, "/today/", name="nora-today", says=["Read and answer a notice about"])
    with page.expect_navigation():
        page.get_by_role("article").filter(has_text="a notice about").get_by_role("link", name="Read and answer").click()
    assert_accessible(page, name="j3-nora-notice")
    assert [word for word in ("Jo Example", "Ada Example", "Foster care placement", "RR 123 456") if word not in told(page)] == []
    choose(page, "The Tribe takes part")
    page.get_by_label("Who takes part for the Tribe").fill("Nora Eagle, 555-0146")
    page.get_by_label("Where the Tribe wants the child to live").fill("Grandmother, then other kin")
    press(page, "Send the answer")
    assert_accessible(page, name="j3-nora-answered")
    assert nora.page.goto(f"{nora.site}/cases/of/{county.mother}/").status == 404  # type: ignore[union-attr]
    nora.said.clear()
    page = seen(lena, "/today/", name="today-tribe-answered", says=["Read what the Tribe answered about Ada"])
    says = ["The Tribe takes part", "Nora Eagle, 555-0146", "Grandmother, then other kin", "No hearing before"]
    seen(lena, f"/cases/of/{county.mother}/", name="case-tribe-answered", says=says)
    lena.said.clear()
