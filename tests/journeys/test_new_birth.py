"""Journey J1: the hospital's social worker notifies a birth at night, with script and without; child welfare reads what reached it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from tests.factories.agencies import a_worker, an_agency
from tests.factories.births import BornHere, a_birth
from tests.journeys.conftest import Visitor, assert_accessible

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications.models import Notification, ReceivedNotification

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FENTANYL = (("FENTANYL", "NO"),)


@pytest.fixture
def renee(site: str) -> Membership:
    return a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=an_agency(county="Pine", is_covered_entity=True), name="Renee Example")


def tap(page: Page, question: str, answer: str) -> None:
    """Answer one question."""
    page.get_by_role("group", name=re.compile(question)).get_by_role("radio", name=answer, exact=True).check()


def begin(visitor: Visitor, born: BornHere) -> Page:
    page = visitor.go("/births/new/")
    page.get_by_role("button", name=f"Begin {born.mother.given_name}").click()
    page.wait_for_url("**/births/*/")
    return page


def rows_of(born: BornHere) -> list[Notification]:
    with acting_as(system(System.JOB, holder_id=born.member.agency_id)), transaction.atomic():
        return list(Notification.objects.filter(identity_id=born.mother_id))


def answer_four(page: Page) -> None:
    tap(page, "8. Does she take it", "Yes")
    tap(page, "9. Is she in treatment", "Yes")
    tap(page, "10. Is anyone worried", "No")
    tap(page, "11. Does she have a family care plan", "No, she wants one")


def test_a_birth_is_notified_with_script(renee: Membership, visit: Callable[..., Visitor]) -> None:
    born = a_birth(renee, given_name="Marisol", babies=2)
    visitor = visit(renee)
    visitor.go("/births/new/")
    assert_accessible(visitor.page, name="births-new")
    page = begin(visitor, born)
    expect(page.locator("#answer")).to_contain_text("First, tell her")
    answer_four(page)
    expect(page.locator("#answered")).to_contain_text("11 of 12 answered")
    # A fact opens in its place, and its answer changes the panel.
    page.get_by_role("link", name="Change Baby’s signs").click()
    tap(page, "What did the baby show", "Signs seen, no medicine needed")
    expect(page.locator("#answer")).to_contain_text("The infant shows or was treated for withdrawal.")
    expect(page.locator("[data-save-state=birth]")).to_contain_text("Saved")
    assert_accessible(page, name="birth-asked")
    page.get_by_role("button", name="First, tell her").click()
    expect(page.get_by_role("heading", name="First, tell her")).to_be_visible()
    assert_accessible(page, name="birth-tell")
    page.get_by_role("radio", name="I did, with an interpreter").check()
    page.get_by_role("button", name="She was told").click()
    expect(page.locator("#answered")).to_contain_text("All 12 answered")
    expect(page.locator("#answer")).to_contain_text("By Renee Example, with an interpreter")
    assert_accessible(page, name="birth-ready")
    page.get_by_role("button", name="Send without names").dblclick()
    expect(page.get_by_role("heading", name="Receipt numbers, one for each baby")).to_be_visible()
    assert_accessible(page, name="birth-receipt")
    (row,) = rows_of(born)
    assert (row.status, row.answer["notify"], len(row.infant_ids)) == ("SENT", "DEIDENTIFIED", 2)
    assert (row.facts["withdrawal"], row.told_how) == ("OBSERVED", "INTERPRETER")
    visitor.go("/births/")
    assert_accessible(page, name="births")


def test_a_birth_is_notified_without_script(renee: Membership, visit: Callable[..., Visitor]) -> None:
    born = a_birth(renee, given_name="Ada")
    page = begin(visit(renee, script=False, width=320), born)
    answer_four(page)
    page.get_by_role("button", name="See what this calls for").click()
    expect(page.locator("#result")).to_contain_text("Tell the state, without names")
    page.get_by_role("link", name="Change Baby’s signs").click()
    tap(page, "What did the baby show", "Signs seen, no medicine needed")
    page.get_by_role("button", name="First, tell her").click()
    page.get_by_role("button", name="She was told").click()
    expect(page.locator("#answered")).to_contain_text("All 12 answered")
    page.get_by_role("button", name="Send without names").click()
    expect(page.get_by_role("heading", name="Receipt number")).to_be_visible()
    (row,) = rows_of(born)
    assert (row.status, row.facts["withdrawal"], row.told_how) == ("SENT", "OBSERVED", "IN_HER_LANGUAGE")


@pytest.mark.requirement("R-027")
def test_a_stated_concern_opens_one_text_a_report_and_still_the_plan(renee: Membership, visit: Callable[..., Visitor]) -> None:
    child_welfare = an_agency(kind=AgencyKind.CPS_AGENCY, county="Pine")
    boss = a_worker(Role.SUPERVISOR, agency=child_welfare)
    born = a_birth(renee, given_name="Nia", exposures=FENTANYL)
    page = begin(visit(renee), born)
    tap(page, "9. Is she in treatment", "No")
    expect(page.locator("#answer")).to_contain_text("Tell child welfare, with names")
    expect(page.get_by_label("What was seen or said?")).to_have_count(0)
    tap(page, "10. Is anyone worried", "Yes, and I can say what was seen")
    page.get_by_label("What was seen or said?").fill("The baby was alone in the room at 2 AM.")
    tap(page, "11. Does she have a family care plan", "Not now")
    tap(page, "12. Who told her", "I did, in her language")
    panel = page.locator("#answer")
    expect(panel).to_contain_text("Make a report, and tell child welfare")
    expect(panel).to_contain_text("Call now, and say this")
    expect(panel).to_contain_text("A plan of safe care is offered.")
    assert_accessible(page, name="birth-report")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Receipt number")).to_be_visible()
    theirs = visit(boss)
    inbox = theirs.go("/births/received/")
    assert_accessible(inbox, name="received-all")
    with acting_as(system(System.JOB, holder_id=child_welfare.pk)), transaction.atomic():
        kinds = sorted(ReceivedNotification.objects.values_list("kind", flat=True))
    assert kinds == ["IDENTIFIED", "REPORT"]
    inbox.get_by_role("link", name="Nia Example").first.click()
    expect(inbox.get_by_role("heading", name="Why you may have it")).to_be_visible()
    assert_accessible(inbox, name="received")


def test_two_writers_see_both_texts(renee: Membership, visit: Callable[..., Visitor]) -> None:
    born = a_birth(renee, given_name="Bea")
    first, second = visit(renee), visit(renee)
    page = begin(first, born)
    other = second.go(page.url.removeprefix(first.site))
    tap(other, "9. Is she in treatment", "No")
    expect(other.locator("[data-save-state=birth]")).to_contain_text("Saved")
    tap(page, "9. Is she in treatment", "Waiting for a place")
    page.get_by_role("link", name="See both texts").click()
    expect(page.get_by_role("heading", name="Someone else changed this birth")).to_be_visible()
    assert_accessible(page, name="birth-conflict")
    page.get_by_role("button", name="Keep what I wrote").click()
    page.wait_for_url("**/births/*/")
    assert rows_of(born)[0].facts["in_treatment"] == "WAITING"
    # The browser says 409 aloud in its console; that is the answer which was asked for here.
    first.said = [text for text in first.said if "409" not in text]


@pytest.mark.parametrize("path", ["/births/new/typed/"])
def test_the_other_pages_are_sound(renee: Membership, visit: Callable[..., Visitor], path: str) -> None:
    assert_accessible(visit(renee).go(path), name="typed")
