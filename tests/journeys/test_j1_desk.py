"""J1, steps 14 and 15: the screen locks, a colleague sees no draft of hers, a sign-in ends over a full form, and a search tells nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from tests.factories.agencies import PIN, a_worker
from tests.factories.births import a_birth
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.hospital import Hospital, Visit, notifications_of, tap, the_hospital

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra.clock.actions import advance

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TYPED = "A cousin said she may stay with them."


@pytest.fixture(scope="module")
def world(site: str) -> Hospital:
    return the_hospital()


@pytest.fixture(scope="module")
def colleague(world: Hospital) -> Membership:
    return a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=world.st_agnes, name="Omar Practice")


def begun(visitor: Visitor, name: str) -> Page:
    page = visitor.go("/births/new/")
    page.get_by_role("button", name=f"Begin {name}").click()
    page.wait_for_url("**/births/*-*/")
    return page


def sign_in(visitor: Visitor, member: Membership) -> None:
    """Another worker sits down at the same screen: the browser and its storage stay, the sign-in is hers."""
    client = Client()
    client.force_login(member.worker.user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    visitor.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": visitor.site}])


def test_the_shared_screen_locks_after_five_minutes_and_the_draft_waits_for_her(world: Hospital, colleague: Membership, visit: Visit) -> None:
    a_birth(world.renee, given_name="Ada", family_name="Practice")
    station = visit(world.renee)
    page = station.go("/me/")
    page.get_by_role("button", name="This computer is shared").click()
    expect(page.locator("main")).to_contain_text("It is shared: the screen locks after 5 minutes.")
    begun(station, "Ada")
    draft = page.url.removeprefix(station.site)
    tap(page, "9. Is she in treatment", "Waiting for a place")
    expect(page.locator("[data-save-state=birth]")).to_contain_text("Saved")

    # Five minutes pass; whoever walks by finds the lock and no family behind it.
    advance(by=timedelta(minutes=6))
    station.go(draft)
    expect(page.get_by_role("heading", name="This screen is locked")).to_be_visible()
    assert "Ada" not in page.content()
    assert_accessible(page, name="j1-30-locked")
    page.get_by_label("PIN").fill("000000")
    page.get_by_role("button", name="Open").click()
    expect(page.locator("main")).to_contain_text("That is not your PIN.")
    page.get_by_label("PIN").fill(PIN)
    page.get_by_role("button", name="Open").click()
    expect(page).to_have_url(f"{station.site}{draft}")
    expect(page.get_by_role("radio", name="Waiting for a place")).to_be_checked()

    # Her colleague takes the chair: no draft of hers, in no list and by no address.
    sign_in(station, colleague)
    station.go("/births/")
    assert "Ada" not in page.content()
    assert_accessible(page, name="j1-31-colleague")
    station.go("/births/new/")
    assert "Ada" not in page.content()
    absent = station.go("/births/00000000-0000-4000-8000-000000000000/").inner_text("main")
    assert station.go(draft).inner_text("main") == absent
    station.said.clear()  # the browser says each 404 aloud

    # Unless she hands it over.
    sign_in(station, world.renee)
    station.go(draft)
    page.get_by_role("button", name="Save and hand over to day shift").click()
    page.get_by_role("radio", name="Omar Practice").check()
    assert_accessible(page, name="j1-32-hand-over")
    page.locator("main form button[type=submit]").last.click()
    sign_in(station, colleague)
    station.go(draft)
    expect(page.get_by_role("radio", name="Waiting for a place")).to_be_checked()


def test_a_sign_in_that_ends_over_a_full_form_loses_nothing_and_doubles_nothing(world: Hospital, visit: Visit) -> None:
    a_birth(world.renee, given_name="Bea", family_name="Practice")
    renee = visit(world.renee)
    page = begun(renee, "Bea")
    draft = page.url.removeprefix(renee.site)
    for question, answer in (
        ("8. Does she take it", "Yes"), ("9. Is she in treatment", "Yes"), ("11. Does she have a family care plan", "Not now"),
        ("12. Who told her", "I did, in her language"), ("10. Is anyone worried", "Yes, and I can say what was seen"),
    ):  # fmt: skip
        tap(page, question, answer)
    words = page.get_by_label("What was seen or said?")
    expect(words).to_be_visible()
    expect(page.locator("[data-save-state=birth]")).to_contain_text("Saved")
    renee.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    words.fill(TYPED)
    page.get_by_role("button", name="Send the report").click()
    expect(page).to_have_url(re.compile("/account/login/"))
    assert TYPED not in page.content()
    assert_accessible(page, name="j1-33-ended")
    sent = [row for row in notifications_of(world.renee) if row.status == "SENT"]
    assert sent == []
    sign_in(renee, world.renee)
    renee.go(draft)
    expect(page.get_by_label("What was seen or said?")).to_have_value(TYPED)
    page.get_by_role("button", name="Send the report").dblclick()
    expect(page.get_by_role("heading", name="Receipt number")).to_be_visible()
    assert [row.status for row in notifications_of(world.renee)].count("SENT") == 1
    renee.said.clear()


def test_a_patient_who_is_not_hers_is_looked_for_in_vain_and_the_officer_reads_that(world: Hospital, visit: Visit) -> None:
    other = a_birth(world.maria, given_name="Thea", family_name="Farwell")
    renee = visit(world.renee)
    page = renee.page

    def told(name: str) -> str:
        renee.go("/families/search/")
        page.locator("#name").fill(name)
        page.get_by_role("button", name="Find", exact=True).click()
        expect(page.locator("main")).to_contain_text("Nobody by this name is shown to you.")
        return page.inner_text("main").replace(name, "NAME")

    def by_number(number: str) -> str:
        renee.go("/births/new/")
        page.get_by_role("textbox", name="Record number").fill(number)
        page.get_by_role("button", name="Look", exact=True).click()
        expect(page.locator("main")).to_contain_text("No birth that waits for you has this number.")
        return page.inner_text("main").replace(number, "NUMBER")

    assert told("Farwell") == told("Nobodyhere")
    assert_accessible(page, name="j1-34-nobody")
    assert by_number(other.mother.source_id) == by_number("MRN-no-such")
    assert_accessible(page, name="j1-35-no-number")
    paths = [f"/families/{other.mother_id}/", "/families/00000000-0000-4000-8000-000000000000/"]
    assert len({renee.go(path).inner_text("main") for path in paths}) == 1
    # The log is no page of hers.
    assert page.request.get(f"{renee.site}/agency/looks/").status == 404
    renee.said.clear()
    noor = visit(world.noor)
    page = noor.go("/agency/looks/?missed=on")
    rows = [row.inner_text() for row in page.get_by_role("row").filter(has_text="Renee Castillo").all()]
    assert len(rows) >= 6
    assert all("Nothing was shown" in row for row in rows)
    assert "Farwell" not in page.content()
    assert_accessible(page, name="j1-36-officer")
