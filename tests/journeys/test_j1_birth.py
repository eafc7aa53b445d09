"""J1, steps 1 to 7: a social worker notifies a birth at night, from the sign-in to the receipt, and the state counts it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Locator, Page, expect
from tests.journeys.conftest import assert_accessible
from tests.journeys.hospital import PASSWORD, SECRET, Hospital, Visit, bundle, her_code, her_phone, notifications_of, tap, the_hospital

from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.notifications.actions import run_batch
from careloom.notifications.models import DeidentifiedNotification

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_INPUTS = 12
NEVER_AT_THE_STATE = ("Marisol", "Quill", "MRN-001", "St. Agnes", "Riverbend")


@dataclass
class Hands:
    """Everything that she presses, picks or types, counted."""

    page: Page
    inputs: int = 0

    def press(self, name: str) -> None:
        """A button or a link."""
        self.inputs += 1
        what = re.compile(f"^{re.escape(name)}")
        self.page.get_by_role("button", name=what).or_(self.page.get_by_role("link", name=what)).first.click()

    def pick(self, question: str, answer: str) -> None:
        """An answer among those that are offered."""
        self.inputs += 1
        tap(self.page, question, answer)

    def type(self, where: Locator, words: str) -> None:
        """A field."""
        self.inputs += 1
        where.fill(words)


@pytest.fixture(scope="module")
def world(site: str) -> Hospital:
    return the_hospital()


@pytest.fixture
def files(world: Hospital, tmp_path: Path) -> list[Path]:
    born = clock.today("America/New_York") - timedelta(days=4)
    return [bundle(name, tmp_path, born=born) for name in ("mother", "infant")]


def test_from_the_sign_in_to_the_receipt(world: Hospital, files: list[Path], visit: Visit, chromium: Browser, site: str) -> None:
    plan = world.marisol_s_plan()
    phone_context, phone = her_phone(chromium, site, world.invited(plan).path)

    # 1 She signs in at the shared workstation, and Today is one press away from a new birth.
    renee = visit()
    page = renee.go("/")
    page.get_by_label(re.compile("E-?mail", re.IGNORECASE)).fill(world.renee.worker.user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(f"{site}/today/")
    assert_accessible(page, name="j1-01-today")
    # The chart's files come from the hospital's own system, once, before she needs them.
    renee.go("/import/family/?then=birth")
    assert_accessible(page, name="j1-02-import")
    page.locator("[name=mother]").set_input_files(files[0])
    page.locator("[name=infant]").set_input_files(files[1])
    page.get_by_role("button", name="Bring them in").click()
    expect(page).to_have_url(f"{site}/births/new/")
    renee.go("/today/")
    page.get_by_role("link", name="New birth").first.click()
    expect(page).to_have_url(f"{site}/births/new/")

    # 2 By record number; the chart fills in the rest, and nothing of it is typed again.
    hands = Hands(page)
    hands.type(page.get_by_role("textbox", name="Record number"), "MRN-001")
    hands.press("Look")
    found = page.get_by_role("region", name="Found by that number")
    expect(found).to_contain_text("Marisol Ana Quill")
    expect(found).to_contain_text("MRN-001")
    assert "MRN" not in page.url
    assert_accessible(page, name="j1-03-found")
    hands.press("Begin")
    page.wait_for_url("**/births/*-*/")
    birth = page.url.removeprefix(site)
    chart = page.get_by_role("region", name="From the chart")
    for told in ("Marisol Ana Quill, 28. Spanish", "39 weeks 0 days, 2,910 g", "Buprenorphine", "Prescribed", "Signs seen, no medicine needed"):
        expect(chart).to_contain_text(told)
    expect(chart).not_to_contain_text("Another substance")
    expect(chart).not_to_contain_text("AM")  # the file tells the day of birth and no hour

    # 3 Prescribed and taken so, in treatment, nobody worried.
    hands.pick("8. Does she take it", "Yes")
    hands.pick("9. Is she in treatment", "Yes")
    hands.pick("10. Is anyone worried", "No")

    # 4 The rules answer at once, with the level, the rule and the reasons in plain words.
    panel = page.locator("#answer")
    for said in ("level L1", "Tell the state, without names", "Not a child-abuse report", "led by her treatment program", "rule ZZ-L1, version 1"):
        expect(panel).to_contain_text(said)
    expect(page.locator("[data-save-state=birth]")).to_contain_text("Saved")
    assert_accessible(page, name="j1-04-level")

    # 5 The system looks for no plan of hers. She shows her card.
    assert "Riverbend" not in page.inner_text("main")
    code = her_code(phone, site, "PLAN")
    hands.press("She shows her card")
    expect(page.get_by_role("heading", name=re.compile("card"))).to_be_visible()
    assert_accessible(page, name="j1-05-card")
    hands.type(page.get_by_label(re.compile("code", re.IGNORECASE)), code)
    hands.press("Use the code")
    expect(page.get_by_role("link", name="Open the plan")).to_be_visible()
    assert_accessible(page, name="j1-06-card-used")
    hands.press("Go on with the birth")
    expect(page.get_by_role("radio", name="Yes, she showed her card")).to_be_checked()

    # 6 Before she was told there is nothing to send it with; the reason stands ready for when she cannot be told.
    send = page.get_by_role("button", name="Send without names")
    expect(send).to_have_count(0)
    expect(page.get_by_role("button", name="First, tell her")).to_be_visible()
    hands.pick("12. Who told her", "I did, in her language")
    expect(page.locator("#answered")).to_contain_text("All 12 answered")
    assert_accessible(page, name="j1-07-ready")

    # 7 One press, though the hand was nervous: one receipt, and no name leaves.
    hands.inputs += 1
    send.dblclick()
    expect(page.get_by_role("heading", name="Receipt number")).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile(r"What Marisol Ana Quill was told, \w+ \d+, \d+:\d\d [AP]M"))
    assert hands.inputs <= MOST_INPUTS
    assert_accessible(page, name="j1-08-receipt")
    (row,) = notifications_of(world.renee)
    assert (row.status, row.answer["notify"], row.answer["level"], row.answer["report"]) == ("SENT", "DEIDENTIFIED", "L1", False)
    page.get_by_role("link", name="Open her family care plan").click()
    expect(page.locator("main")).to_contain_text("A door I can lock.")
    shown = page.inner_text("main")
    assert "Medicine and care for recovery" not in shown
    assert SECRET not in page.content()
    assert_accessible(page, name="j1-09-plan")
    for path in (f"/treatment/of/{row.identity_id}/", f"/families/{row.identity_id}/story/"):
        renee.go(path)
        assert SECRET not in page.content()
    # What she may not see answers 404, and the browser says that aloud in its console.
    renee.said = [text for text in renee.said if "404" not in text]
    renee.go(birth)
    expect(page.get_by_role("heading", name="Receipt number")).to_be_visible()
    phone_context.close()


def test_the_state_counts_and_names_nobody(world: Hospital, visit: Visit) -> None:
    run_batch()
    with transaction.atomic(), acting_as(system(System.JOB)):
        assert DeidentifiedNotification.objects.count() == 1
    ruth = visit(world.ruth)
    page = ruth.go("/numbers/federal-three/")
    expect(page.get_by_role("heading", name="The federal three")).to_be_visible()
    assert_accessible(page, name="j1-10-state")
    assert [name for name in NEVER_AT_THE_STATE if name in page.content()] == []
    for path in ("/births/", "/births/received/", "/families/"):
        assert page.request.get(f"{ruth.site}{path}").status == 404, path
