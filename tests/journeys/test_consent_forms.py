"""The forms that stand apart, a paper with its scan, who signs for her, stopping and the history, in a browser at two widths."""

from __future__ import annotations

import pytest
from django.db import transaction
from playwright.sync_api import Page
from tests.factories.agencies import an_agency, viewer
from tests.factories.papers import a_picture
from tests.journeys.conftest import assert_accessible
from tests.journeys.test_consent import Family, Visit, family

from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.models import PersonRecord

__all__ = ["family"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
WISHES = ("CARE", "NETWORK", "NOTES", "THERAPY", "COURT", "CRIMINAL", "REGISTRY", "MEDICINE_LIST", "STUDY")


def choose(page: Page, name: str) -> None:
    """Mark a choice by its words."""
    page.get_by_label(name, exact=True).check(force=True)


def test_every_wish_has_a_page_that_each_can_read(visit: Visit, family: Family) -> None:
    with transaction.atomic():
        an_agency(kind=AgencyKind.COURT, name="Pine Family Court")
        an_agency(kind=AgencyKind.COORDINATION_HUB, name="Pine Care Network")
    page = visit(family.dana).go(f"/consents/new/{family.mother}/")
    page.get_by_role("link", name="She wants something else to happen").click()
    assert_accessible(page, name="wishes")
    for code in WISHES:
        page.goto(f"{page.url.split('/consents/')[0]}/consents/new/{family.mother}/?wish={code}")
        assert_accessible(page, name=f"wish-{code.lower()}")


def test_a_judge_may_use_it_by_a_form_of_its_own_and_she_reads_it_in_spanish(visit: Visit, family: Family) -> None:
    with transaction.atomic():
        an_agency(kind=AgencyKind.COURT, name="Harbor Family Court")
    page = visit(family.dana).go(f"/consents/new/{family.mother}/?wish=COURT")
    page.get_by_label("Or by name").fill("Judge Lane, Pine Family Court")
    page.get_by_label("Which court case").fill("Practice matter 12")
    page.get_by_role("checkbox", name="Plan and visits").check(force=True)
    choose(page, "Decide in family court")
    page.get_by_text("All nine parts the federal rule asks for are here").wait_for()
    page.get_by_role("button", name="Marisol signs").click()
    page.get_by_text("What is shared can be used against you there.").wait_for()
    assert_accessible(page, name="sign-court")
    page.get_by_label("She types her name").fill("Marisol Valdeluna")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("In force").wait_for()
    assert_accessible(page, name="one-court")
    page.goto(f"{page.url.split('/consents/')[0]}/consents/new/{family.mother}/?wish=COURT")
    page.get_by_label("Which court case").fill("Practice matter 13")
    page.get_by_role("button", name="Español").first.click()
    page.get_by_text("Este es un permiso aparte").wait_for()
    assert page.get_by_label("Qué caso del tribunal").input_value() == "Practice matter 13"
    assert_accessible(page, name="wish-court-es")


def check(page: Page, script: bool, *, name: str) -> None:
    """The page passes at both widths."""
    if script:
        assert_accessible(page, name=name)


@pytest.mark.parametrize("script", [True, False])
def test_a_paper_is_signed_with_its_scan_and_read_again_in_the_history(visit: Visit, family: Family, script: bool) -> None:
    """With and without script; the checker itself needs script."""
    visitor = visit(family.dana, script=script)
    page = visitor.go(f"/consents/new/{family.mother}/")
    page.get_by_label(family.harbor, exact=True).check(force=True)
    page.get_by_role("checkbox", name="Plan and visits").check(force=True)
    page.get_by_role("button", name="Marisol signs").click()
    page.get_by_label("On paper, with a scan").check(force=True)
    page.locator("summary", has_text="She signed on paper").click()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("The consent takes effect with it.").first.wait_for()
    check(page, script, name="sign-paper-wrong")
    assert not family.seen_by_harbor()
    visitor.said.clear()  # the browser notes each refused form
    page.get_by_label("The name on the paper").fill("Marisol Valdeluna")
    for part, value in (("month", "1"), ("day", "2"), ("year", "2026")):
        page.locator(f"[name=signed_on_{part}]").fill(value)
    page.get_by_label("The scan of the paper").set_input_files({"name": "paper.jpg", "mimeType": "image/jpeg", "buffer": a_picture()})
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("In force").wait_for()
    assert family.seen_by_harbor()
    check(page, script, name="one-paper")
    with page.expect_download() as download:
        page.get_by_role("link", name="The scan of the signed paper").click()
    assert download.value.suggested_filename == "paper.jpg"
    page.get_by_role("link", name="Stop sharing").click()
    check(page, script, name="stop-heard")
    page.get_by_role("button", name="Stop sharing").click()
    page.get_by_role("link", name="All forms and what became of them").click()
    page.get_by_text("She signed on paper").wait_for()
    check(page, script, name="history")
    page.goto(f"{page.url.split('/consents/')[0]}/consents/stopped/")
    check(page, script, name="after-stop")


def test_a_minor_and_her_parent_sign_together(visit: Visit, family: Family) -> None:
    by = viewer(family.dana)
    with transaction.atomic(), acting_as(by):
        PersonRecord.objects.filter(identity_id=family.mother).update(birth_date="2013-06-01")
    page = visit(family.dana).go(f"/consents/new/{family.mother}/")
    page.get_by_label(family.harbor, exact=True).check(force=True)
    page.get_by_role("checkbox", name="Plan and visits").check(force=True)
    page.get_by_role("button", name="Marisol signs").click()
    page.get_by_text("She is under 18.").wait_for()
    assert_accessible(page, name="sign-minor")
    page.get_by_label("She types her name").fill("Marisol Valdeluna")
    choose(page, "She and a parent. The law of this state asks for both")
    page.get_by_label("The name of who signs with her or for her").fill("Rosa Valdeluna")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("Rosa Valdeluna").wait_for()
    assert family.seen_by_harbor()


def test_a_new_clinic_belongs_to_the_class_and_her_page_stays_readable(visit: Visit, family: Family) -> None:
    with transaction.atomic():
        an_agency(kind=AgencyKind.OB_CLINIC, name="Pine Women's Clinic")
    page = visit(family.dana).go(f"/consents/new/{family.mother}/?wish=CARE")
    page.get_by_role("checkbox", name="All of my treatment record").check(force=True)
    choose(page, "Treat")
    page.get_by_text("All nine parts the federal rule asks for are here").wait_for()
    page.get_by_role("button", name="Marisol signs").click()
    page.get_by_label("She types her name").fill("Marisol Valdeluna")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_role("link", name="Someone new treats her").click()
    assert_accessible(page, name="member")
    choose(page, "Pine Women's Clinic")
    page.get_by_label("It treats her now, or pays for her care").check(force=True)
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Written down. It may see what she allowed from now on.").wait_for()
    assert_accessible(page, name="one-care")
