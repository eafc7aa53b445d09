"""J1, steps 12 and 13: a night on which a report is made and the plan is offered all the same; and twins, who are one plan."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from tests.factories.births import BornHere, a_birth
from tests.journeys.conftest import assert_accessible
from tests.journeys.hospital import Hospital, Visit, of, tap, the_hospital

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.notifications.models import Notification, ReceivedNotification
from careloom.people.models import PersonRecord
from careloom.plans.models import PlanInfant, PlanOfSafeCare

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SEEN = "She left the room at 2 AM and the baby was alone for an hour. Nobody who could stay was named."
THE_PAST = re.compile(r"\b(history|earlier case|prior|previous(ly)?|removed before)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def world(site: str) -> Hospital:
    return the_hospital()


@pytest.fixture(scope="module")
def nia(world: Hospital) -> BornHere:
    born = a_birth(world.renee, given_name="Nia", family_name="Example", language="en", exposures=(("FENTANYL", "NO"),))
    with transaction.atomic(), acting_as(of(world.renee)):
        PersonRecord.objects.filter(mother_identity_id=born.mother_id).update(birth_date=clock.today("America/New_York") - timedelta(days=3))
    return born


def begun(page: Page, name: str) -> Page:
    """The screen of a new birth."""
    page.get_by_role("link", name="New birth").first.click()
    page.get_by_role("button", name=f"Begin {name}").click()
    page.wait_for_url("**/births/*-*/")
    return page


def test_a_stated_danger_makes_a_report_apart_and_the_plan_is_still_hers(world: Hospital, nia: BornHere, visit: Visit) -> None:
    renee = visit(world.renee)
    page = begun(renee.go("/today/"), "Nia")
    panel = page.locator("#answer")
    tap(page, "9. Is she in treatment", "No")
    expect(panel).to_contain_text("level L3")
    # Without a word of what was seen there is no report.
    tap(page, "10. Is anyone worried", "Yes, and I can say what was seen")
    tap(page, "11. Does she have a family care plan", "Not now")
    tap(page, "12. Who told her", "I did, in her language")
    expect(panel).to_contain_text("level L4")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".usa-error-summary")).to_contain_text("Write in a sentence what was seen or said.")
    assert_accessible(page, name="j1-22-say-what")
    page.get_by_label("What was seen or said?").fill(SEEN)
    for said in (
        "Make a report, and tell child welfare", "Call now, and say this", "No guess, no diagnosis, nothing of the past.",
        "A plan of safe care is offered.", "What was seen, in your words",
    ):  # fmt: skip
        expect(panel).to_contain_text(said)
    # Nobody asks of her past, in any question or hint.
    assert THE_PAST.search(page.get_by_role("region", name="Five for you").inner_text()) is None
    assert_accessible(page, name="j1-23-report")
    page.get_by_role("button", name="Send the report").dblclick()
    expect(page.get_by_role("heading", name="Receipt number")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Call now if you have not.")
    assert_accessible(page, name="j1-24-sent")
    renee.said = [text for text in renee.said if "422" not in text]

    # The plan is offered on the same page, and she may begin it.
    page.get_by_role("link", name="Offer her a family care plan").click()
    expect(page.locator("main")).to_contain_text("Starting it opens no child-welfare case.")
    assert_accessible(page, name="j1-25-offer")
    page.get_by_role("button", name="Start the plan").dblclick()
    page.wait_for_url("**/families/*-*/")
    with transaction.atomic(), acting_as(of(world.renee)):
        (plan,) = PlanOfSafeCare.objects.filter(identity_id=nia.mother_id)
        assert PlanInfant.objects.filter(plan_id=plan.pk).count() == 1
    # What was reported stands in a record of its own and in no page of her plan.
    for path in ("", "story/"):
        renee.go(f"/families/{nia.mother_id}/{path}")
        assert SEEN not in page.inner_text("body")
    renee.go(f"/plans/{plan.pk}/sections/")
    assert SEEN not in page.inner_text("body")


def test_child_welfare_reads_the_report_and_not_the_plan(world: Hospital, nia: BornHere, visit: Visit) -> None:
    with transaction.atomic(), acting_as(of(world.lena)):
        kinds = sorted(ReceivedNotification.objects.filter(identity_id=nia.mother_id).values_list("kind", flat=True))
    assert kinds == ["IDENTIFIED", "REPORT"]
    lena = visit(world.lena)
    page = lena.go("/births/received/")
    assert_accessible(page, name="j1-26-received")
    pages = [str(link.get_attribute("href")) for link in page.get_by_role("link", name="Nia Example").all()]
    said = []
    for path in pages:
        lena.go(path)
        expect(page.get_by_role("heading", name="Why you may have it")).to_be_visible()
        said.append(page.inner_text("main"))
    assert [SEEN in one for one in said].count(True) == 1
    assert_accessible(page, name="j1-27-report")
    with transaction.atomic(), acting_as(of(world.lena)):
        assert not PlanOfSafeCare.objects.filter(identity_id=nia.mother_id).exists()


def test_twins_are_one_plan_with_two_infants(world: Hospital, tmp_path: Path, visit: Visit) -> None:
    mother = world.from_the_chart(tmp_path, "twins", born=clock.today("America/New_York") - timedelta(days=4))
    renee = visit(world.renee)
    page = begun(renee.go("/today/"), "Marisol")
    expect(page.get_by_role("heading", name="New birth: Marisol Ana’s babies")).to_be_visible()
    for question, answer in (
        ("8. Does she take it", "Yes"), ("9. Is she in treatment", "Yes"), ("10. Is anyone worried", "No"),
        ("11. Does she have a family care plan", "No, she wants one"), ("12. Who told her", "I did, in her language"),
    ):  # fmt: skip
        tap(page, question, answer)
    expect(page.locator("#answered")).to_contain_text("All 12 answered")
    assert_accessible(page, name="j1-28-twins")
    page.get_by_role("button", name="Send without names").dblclick()
    expect(page.get_by_role("heading", name="Receipt numbers, one for each baby")).to_be_visible()
    assert page.locator("main code").count() == 2
    page.get_by_role("link", name="Offer her a family care plan").click()
    page.get_by_role("button", name="Start the plan").click()
    page.wait_for_url(f"**/families/{mother}/")
    expect(page.locator("h1")).to_contain_text("Mateo")
    expect(page.locator("h1")).to_contain_text("Lucia")
    assert_accessible(page, name="j1-29-twins-plan")
    with transaction.atomic(), acting_as(of(world.renee)):
        (plan,) = PlanOfSafeCare.objects.filter(identity_id=mother)
        assert (plan.kind, PlanInfant.objects.filter(plan_id=plan.pk).values("identity_id").distinct().count()) == ("POSTNATAL", 2)
        assert Notification.objects.filter(identity_id=mother).count() == 1
