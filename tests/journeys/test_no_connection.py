"""No connection, or a sign-in that ended, in the middle of a form: nothing is lost, nothing doubled, nobody else opens what waits (F47, J1.10)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, expect
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld
from tests.journeys.conftest import Visitor, assert_accessible

from careloom.agencies.models import Membership
from careloom.config import subscriptions
from careloom.infra.access import acting_as
from careloom.plans.models import Need, PlanOfSafeCare

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
HERS = "A door that I can lock"
STORED = """() => new Promise((done) => {
  const asked = indexedDB.open("careloom", 1);
  asked.onsuccess = () => {
    const all = asked.result.transaction("waiting").objectStore("waiting").getAll();
    all.onsuccess = () => done(JSON.stringify(all.result) + JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}));
  };
})"""


@pytest.fixture
def world(site: str, django_db_blocker: Any) -> PlanWorld:
    """Riverbend, Harbor and St. Agnes, for browsers to see."""
    subscriptions.join()
    with transaction.atomic():
        return PlanWorld()


@pytest.fixture
def plan(world: PlanWorld) -> PlanOfSafeCare:
    with transaction.atomic():
        return world.a_plan(mother_id=world.a_mother(given_name="Marisol", family_name="Reyes Ortega"), agreed=True)


def sign_in(visitor: Visitor, member: Membership) -> None:
    client = Client()
    client.force_login(member.worker.user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    visitor.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": visitor.site}])


def sign_out(visitor: Visitor) -> None:
    visitor.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def write_a_need(page: Page) -> None:
    """Fill the form of a need and press its button."""
    page.locator("[name=code]").select_option("HOUSING")
    page.get_by_role("radio", name="Yes", exact=True).check()
    page.locator("[name=her_words]").fill(HERS)
    page.locator("main form button[type=submit]").last.click()


def needs_of(world: PlanWorld, plan: PlanOfSafeCare) -> list[str]:
    by = viewer(world.supervisor)
    with transaction.atomic(), acting_as(by):
        return list(Need.objects.filter(plan_id=plan.pk).values_list("her_words", flat=True))


def test_what_was_written_without_a_connection_is_sent_once_when_it_is_back(world: PlanWorld, plan: PlanOfSafeCare, visit: Visit) -> None:
    visitor = visit(world.dana)
    page = visitor.go(f"/plans/{plan.pk}/needs/new/")
    visitor.context.set_offline(True)
    write_a_need(page)
    waiting = page.get_by_role("region", name="Waiting to be sent")
    expect(waiting).to_contain_text("There is no connection. What you wrote is kept on this device, sealed")
    expect(waiting.get_by_role("listitem")).to_have_count(1)
    # Pressed again in doubt: the same form waits once.
    page.locator("main form button[type=submit]").last.click()
    expect(waiting.get_by_role("listitem")).to_have_count(1)
    assert_accessible(page, name="waiting")
    assert needs_of(world, plan) == []
    assert HERS not in page.evaluate(STORED)
    visitor.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(waiting).to_contain_text("What waited here was sent.")
    assert needs_of(world, plan) == [HERS]
    visitor.go("/today/")
    expect(page.get_by_role("region", name="Waiting to be sent")).to_be_hidden()
    assert needs_of(world, plan) == [HERS]
    visitor.said.clear()


def test_a_form_outlives_the_sign_in_and_opens_for_its_writer_alone(world: PlanWorld, plan: PlanOfSafeCare, visit: Visit) -> None:
    visitor = visit(world.dana)
    page = visitor.go(f"/plans/{plan.pk}/needs/new/")
    sign_out(visitor)
    write_a_need(page)
    expect(page).to_have_url(re.compile("/account/login/"))
    assert HERS not in page.evaluate(STORED)
    # A colleague picks up the tablet: nothing waits for her, and nothing is sent in her name.
    sign_in(visitor, world.colleague)
    visitor.go("/today/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("region", name="Waiting to be sent")).to_be_hidden()
    assert needs_of(world, plan) == []
    sign_in(visitor, world.dana)
    visitor.go("/today/")
    expect(page.get_by_role("region", name="Waiting to be sent")).to_contain_text("What waited here was sent.")
    assert needs_of(world, plan) == [HERS]
    visitor.said.clear()


def test_what_cannot_be_sent_waits_to_be_looked_at_and_can_be_thrown_away(world: PlanWorld, plan: PlanOfSafeCare, visit: Visit) -> None:
    visitor = visit(world.dana)
    page = visitor.go(f"/plans/{plan.pk}/needs/new/")
    visitor.context.set_offline(True)
    page.locator("main form").last.evaluate("form => { form.noValidate = true; }")
    page.locator("[name=her_words]").fill(HERS)
    page.locator("main form button[type=submit]").last.click()
    waiting = page.get_by_role("region", name="Waiting to be sent")
    expect(waiting.get_by_role("listitem")).to_have_count(1)
    visitor.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(waiting).to_contain_text("an answer is missing")
    assert needs_of(world, plan) == []
    waiting.get_by_role("link", name="Look at it").click()
    expect(page.locator("[name=her_words]")).to_have_value(HERS)
    visitor.go("/today/")
    waiting = page.get_by_role("region", name="Waiting to be sent")
    waiting.get_by_role("button", name="Throw away").click()
    waiting.get_by_role("button", name="Yes, throw it away").click()
    expect(waiting.get_by_role("listitem")).to_have_count(0)
    visitor.said.clear()


def test_without_a_connection_no_page_of_a_family_is_readable(world: PlanWorld, plan: PlanOfSafeCare, visit: Visit) -> None:
    visitor = visit(world.dana)
    page = visitor.go(f"/families/{plan.identity_id}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    visitor.go(f"/families/{plan.identity_id}/")
    expect(page.locator("h1")).to_contain_text("Marisol")
    visitor.context.set_offline(True)
    visitor.go(f"/families/{plan.identity_id}/")
    expect(page.get_by_role("heading", name="No connection now")).to_be_visible()
    assert "Marisol" not in page.content()
    kept = page.evaluate(
        "async () => { const out = []; for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys())"
        " out.push(new URL(one.url).pathname); return out; }"
    )
    assert kept
    assert all(path == "/offline/" or path.startswith("/static/") for path in kept)
    visitor.context.set_offline(False)
    visitor.said.clear()


def test_a_dead_network_that_the_browser_has_not_noticed_loses_nothing(world: PlanWorld, plan: PlanOfSafeCare, visit: Visit) -> None:
    visitor = visit(world.dana)
    page = visitor.go(f"/plans/{plan.pk}/needs/new/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.evaluate("Object.defineProperty(navigator, 'onLine', {get: () => true})")
    visitor.context.set_offline(True)
    write_a_need(page)
    expect(page.get_by_role("heading", name="No connection now")).to_be_visible()
    visitor.context.set_offline(False)
    visitor.go("/today/")
    expect(page.get_by_role("region", name="Waiting to be sent")).to_contain_text("What waited here was sent.")
    assert needs_of(world, plan) == [HERS]
    visitor.said.clear()


def test_a_form_that_was_begun_and_left_is_offered_on_its_own_page_only(world: PlanWorld, plan: PlanOfSafeCare, visit: Visit) -> None:
    visitor = visit(world.dana)
    page = visitor.go(f"/plans/{plan.pk}/needs/new/")
    page.locator("[name=her_words]").press_sequentially(HERS)
    page.wait_for_timeout(200)
    page.on("dialog", lambda dialog: dialog.accept())
    visitor.go("/today/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("region", name="Waiting to be sent")).to_be_hidden()
    visitor.go(f"/plans/{plan.pk}/needs/new/")
    waiting = page.get_by_role("region", name="Waiting to be sent")
    expect(waiting).to_contain_text("You began this and did not send it.")
    waiting.get_by_role("link", name="Look at it").click()
    expect(page.locator("[name=her_words]")).to_have_value(HERS)


def test_what_opens_or_closes_a_record_is_never_kept_for_later(world: PlanWorld, plan: PlanOfSafeCare, visit: Visit) -> None:
    with transaction.atomic():
        signed = world.share(plan, to=world.bea)
    visitor = visit(world.dana)
    page = visitor.go(f"/consents/{signed.consent.pk}/stop/")
    visitor.context.set_offline(True)
    page.locator("main form button[type=submit]").last.click()
    waiting = page.get_by_role("region", name="Waiting to be sent")
    expect(waiting).to_contain_text("This takes effect only when it arrives, so it is not kept for later.")
    expect(waiting.get_by_role("listitem")).to_have_count(0)
    visitor.context.set_offline(False)
    visitor.said.clear()
