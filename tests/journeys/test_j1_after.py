"""J1, steps 8 to 11: the birth joins her plan, two services are asked, a cut network loses nothing, and she goes home with paper and a link."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from tests.factories.agencies import viewer
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.hospital import PHONE, PIN, SECRET, Hospital, Visit, of, the_hospital
from tests.several.stories import Post

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.plans.models import Need, PlanInfant, PlanOfSafeCare, Referral
from careloom.portal import words
from careloom.screening.models import FormDraft

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def world(site: str) -> Hospital:
    return the_hospital()


@pytest.fixture(scope="module")
def plan(world: Hospital, tmp_path_factory: pytest.TempPathFactory) -> PlanOfSafeCare:
    """Marisol's plan after steps 2 to 7: notified, and open to St. Agnes by her card."""
    plan = world.marisol_s_plan()
    mother = world.from_the_chart(tmp_path_factory.mktemp("chart"), "infant", born=clock.today("America/New_York") - timedelta(days=4))
    world.card_used(plan, mother)
    world.notified(plan.identity_id)
    return plan


@pytest.fixture
def renee(world: Hospital, visit: Visit) -> Visitor:
    return visit(world.renee)


def more(page: Page, name: str) -> None:
    """A line of the menu of a family's page."""
    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name=name, exact=True).click()


def refer(page: Page, plan: PlanOfSafeCare, need: str, service: str, how: str) -> None:
    """Name a need that she wants met, and fill in whom to ask; nothing is sent yet."""
    page.get_by_role("link", name="Add a need").first.click()
    page.locator("[name=code]").select_option(need)
    page.get_by_role("radio", name="Yes", exact=True).check()
    page.get_by_role("button", name="Add the need").click()
    page.wait_for_url(f"**/families/{plan.identity_id}/*")
    page.get_by_role("article").filter(has=page.get_by_role("link", name="Choose a service")).last.get_by_role(
        "link", name="Choose a service"
    ).click()
    page.get_by_role("radio", name=re.compile(service)).check()
    page.get_by_role("radio", name=re.compile(how)).check()


def test_the_birth_is_verified_in_the_plan(plan: PlanOfSafeCare, world: Hospital, renee: Visitor) -> None:
    page = renee.go(f"/families/{plan.identity_id}/")
    more(page, "Record a birth")
    # The chart told the day and the baby already.
    born = clock.today("America/New_York") - timedelta(days=4)
    shown = [page.locator(f"[name=born_on_{part}]").input_value() for part in ("month", "day", "year")]
    assert shown == [str(born.month), str(born.day), str(born.year)]
    expect(page.get_by_role("checkbox", name="Mateo")).to_be_checked()
    assert_accessible(page, name="j1-11-verify")
    page.get_by_role("button", name="Add to the plan").dblclick()
    page.wait_for_url(f"**/families/{plan.identity_id}/")
    with transaction.atomic(), acting_as(of(world.dana)):
        assert PlanOfSafeCare.objects.get(pk=plan.pk).born_on == born
        assert PlanInfant.objects.filter(plan_id=plan.pk, holder_id=plan.holder_id).count() == 1
    assert_accessible(page, name="j1-12-born")


def test_the_checklist_goes_on_through_a_cut_network(plan: PlanOfSafeCare, world: Hospital, renee: Visitor) -> None:
    page = renee.go(f"/forms/{plan.identity_id}/")
    page.locator("[name=url]").select_option(label="Going home with the baby")
    page.locator("[name=about]").select_option(label="Mateo")
    page.get_by_role("radio", name="English").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Going home with the baby")).to_be_visible()
    sleep = page.get_by_role("group", name=re.compile("place of its own to sleep"))
    sleep.get_by_role("radio", name="Done").check()
    state = page.locator("[data-save-state=form]")
    expect(state).to_contain_text("Saved")
    renee.context.set_offline(True)
    page.get_by_role("group", name=re.compile("A car seat is there")).get_by_role("radio", name="Still to do").check()
    expect(state).to_contain_text("Kept on this tablet")
    assert_accessible(page, name="j1-13-cut")
    renee.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(state).to_contain_text("Saved")
    page.reload()
    for question, answer in (("place of its own to sleep", "Done"), ("A car seat is there", "Still to do")):
        expect(page.get_by_role("group", name=re.compile(question)).get_by_role("radio", name=answer)).to_be_checked()
    assert_accessible(page, name="j1-14-checklist")
    with transaction.atomic(), acting_as(viewer(world.renee)):
        assert FormDraft.objects.filter(family_id=plan.identity_id).count() == 1
    renee.said.clear()  # a cut network says so in the console


def test_home_visiting_is_asked_in_kind_words_and_with_her_consent(plan: PlanOfSafeCare, world: Hospital, renee: Visitor, visit: Visit) -> None:
    page = renee.go(f"/families/{plan.identity_id}/")
    refer(page, plan, "HOME_VISITING", "Parent visits at home", "The agency answers here")
    note = page.get_by_label("What should they know?")
    note.fill("The baby was born addicted.")
    note.blur()
    page.get_by_role("button", name="Use it").wait_for()
    assert_accessible(page, name="j1-15-words")
    page.get_by_role("button", name="Use it").click()
    expect(note).to_have_value("The baby was born with prenatal substance exposure.")
    note.fill("She likes mornings.")
    page.get_by_role("button", name="Refer", exact=True).click()
    expect(page.locator("main")).to_contain_text("Nothing was sent. She has not allowed Pine First Years")
    page.get_by_role("link", name="Ask for her consent").click()
    assert_accessible(page, name="j1-16-consent")
    page.get_by_role("button", name="Marisol Ana signs").click()
    page.get_by_label("She types her name").fill("Marisol Quill")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("In force").wait_for()
    renee.go(f"/families/{plan.identity_id}/")
    page.locator("a[href*='/plans/referrals/']:not([href*='/new/'])").first.click()
    page.get_by_role("button", name="Send it").dblclick()
    expect(page.locator("main")).to_contain_text("Asked")
    assert_accessible(page, name="j1-17-asked")
    vera = visit(world.vera).go("/plans/referrals/inbox/")
    expect(vera.locator("main")).to_contain_text("Marisol")
    assert vera.get_by_role("link", name=re.compile("Marisol")).count() == 1
    assert SECRET not in vera.content()


def test_early_intervention_is_asked_though_the_network_was_cut(plan: PlanOfSafeCare, world: Hospital, renee: Visitor) -> None:
    page = renee.go(f"/plans/{plan.pk}/needs/new/")
    page.locator("[name=code]").select_option("EARLY_INTERVENTION")
    page.get_by_role("radio", name="Yes", exact=True).check()
    renee.context.set_offline(True)
    add = page.get_by_role("button", name="Add the need")
    add.click()
    waiting = page.get_by_role("region", name="Waiting to be sent")
    expect(waiting).to_contain_text("There is no connection. What you wrote is kept on this device, sealed")
    add.click()
    expect(waiting.get_by_role("listitem")).to_have_count(1)
    assert_accessible(page, name="j1-18-offline")
    renee.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(waiting).to_contain_text("What waited here was sent.")
    renee.said.clear()
    with transaction.atomic(), acting_as(viewer(world.renee)):
        (need,) = Need.objects.filter(plan_id=plan.pk, code="EARLY_INTERVENTION")
    renee.go(f"/plans/referrals/new/{need.pk}/")
    page.get_by_role("radio", name=re.compile("Early Steps")).check()
    page.get_by_role("radio", name=re.compile("Send a one-time page")).check()
    page.get_by_role("button", name="Refer", exact=True).dblclick()
    expect(page.locator("main")).to_contain_text("Asked")
    assert_accessible(page, name="j1-19-early")
    with transaction.atomic(), acting_as(viewer(world.renee)):
        assert [row.state for row in Referral.objects.filter(need_id=need.pk)] == ["REQUESTED"]


def test_she_goes_home_with_her_plan_on_paper_and_a_link(
    plan: PlanOfSafeCare, renee: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post(monkeypatch)
    page = renee.go(f"/families/{plan.identity_id}/documents/")
    assert_accessible(page, name="j1-20-documents")
    for language, title in (("English", "Family care plan"), ("Spanish", "Plan de cuidado familiar")):
        with page.expect_download() as file:
            page.get_by_role("link", name=f"One page in {language} (PDF)").click()
        paper = tmp_path / f"{language}.pdf"
        file.value.save_as(paper)
        pages = PdfReader(paper).pages
        said = " ".join(pages[0].extract_text().split())
        assert len(pages) == 1
        assert title in said
        assert SECRET not in said
    renee.go(f"/families/{plan.identity_id}/")
    more(page, "Send a link to her phone")
    assert_accessible(page, name="j1-21-link")
    page.get_by_role("button", name="Send a link to her phone").dblclick()
    expect(page.get_by_text("If she has a page of her own")).to_be_visible()
    ((address, text),) = post.sent
    assert address == PHONE
    assert [word for word in words.FORBIDDEN if word in text.split("http")[0].lower()] == []
    phone = page.context.browser.new_page(viewport={"width": 320, "height": 700})  # type: ignore[union-attr]
    (path,) = re.findall(r"/my/in/\S+", text)
    phone.goto(f"{renee.site}{path}")
    phone.locator("main form button").click()
    assert_accessible(phone, name="j1-22-pin", widths=(320,))
    for field in ("pin", "again"):
        phone.locator(f"[name={field}]").fill(PIN)
    phone.locator("main form button").click()
    expect(phone).to_have_url(f"{renee.site}/my/")
    phone.goto(f"{renee.site}/my/plan/")
    expect(phone.locator("main")).to_contain_text("A door I can lock.")
    phone.close()
