"""Her pages on a phone in a real browser: light, sound for axe, whole at 320 pixels, in both languages, with and without script."""

from __future__ import annotations

import gzip
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client
from playwright.sync_api import Browser
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.journeys.conftest import RULES

from careloom.agencies.roles import Role
from careloom.consents.actions import Draft, Signature, Signed, sign_consent
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.caseload import assign
from careloom.kernel.agency_kinds import AgencyKind
from careloom.messages.actions import plan_appointment
from careloom.people.actions import PersonFacts, put_person
from careloom.plans.actions import add_goal, add_need, start_plan
from careloom.plans.models import PlanOfSafeCare
from careloom.portal import actions
from careloom.portal.actions import Invited

PATHS = (
    "", "plan/", "print/", "goals/new/", "visits/", "looked/", "shared/", "supporters/",
    "card/", "expect/", "rights/", "skills/", "family/", "call/",
)  # fmt: skip
PIN = "482913"
MOST_BYTES = 100 * 1024
pytestmark = pytest.mark.browser


@pytest.fixture
def link() -> str:
    """The path of a link for a mother with a plan, a visit, a goal, a question and somebody who sees."""
    at = clock.now() - timedelta(minutes=1)
    with clock.at(at - timedelta(minutes=1)):
        riverbend = an_agency(kind=AgencyKind.PART2_PROGRAM, is_part2_program=True, is_covered_entity=True, name=f"Program {uuid4()}")
        harbor = an_agency(kind=AgencyKind.HOME_VISITING, name=f"Harbor {uuid4()}")
        dana = a_worker(Role.CARE_COORDINATOR, agency=riverbend, name="Dana Whitlock", email=f"{uuid4()}@example.org")
    by = viewer(dana)
    with transaction.atomic(), acting_as(by):
        facts = PersonFacts(role="MOTHER", given_name="Marisol", family_name="Valdeluna")
        mother = put_person(by=by, at=at, facts=facts, category="posc.plan_core").identity_id
        assign(by=by, worker_id=dana.worker_id, identity_ids=[mother], at=at)
        plan = start_plan(by=by, at=at, mother_id=mother, pregnancy_id=uuid4(), pack="columbia", request_key="plan")
        assert isinstance(plan, PlanOfSafeCare)
        add_goal(by=by, at=at, plan_id=plan.pk, words="A door I can lock.", request_key="g")
        for number, code in enumerate(("HOUSING", "RIDES", "CRIB_AND_CAR_SEAT", "HOME_VISITING", "MEDICINE_FOR_RECOVERY")):
            add_need(by=by, at=at, plan_id=plan.pk, code=code, request_key=f"n{number}", her_choice="YES" if number else "NOT_ASKED")
        plan_appointment(
            by=by, at=at, identity_id=mother, kind="HOME_VISIT", title="Visit", neutral_title="Bea comes to your home.",
            starts_at=clock.now() + timedelta(days=3),
        )  # fmt: skip
        draft = Draft(
            identity_id=mother, subject_ids=(mother,), kind="specific", discloser_ids=(riverbend.pk,), recipient_ids=(harbor.pk,),
            information=("posc.plan_core",), purposes=("care_coordination",), expires_on=clock.today() + timedelta(days=90),
        )  # fmt: skip
        assert isinstance(
            sign_consent(by=by, at=at, draft=draft, signature=Signature(method="SCREEN", name="Practice Mother"), request_key="c"), Signed
        )
        done = actions.invite(by=by, at=clock.now(), identity_id=mother, language="en", request_key="i", by_text=False)
    assert isinstance(done, Invited)
    return done.path


def come_in(page: Any, base: str, path: str) -> None:
    page.goto(f"{base}{path}")
    page.click("main form button")
    page.fill("input[name=pin]", PIN)
    if page.locator("input[name=again]").count():
        page.fill("input[name=again]", PIN)
    page.click("main form button")
    page.wait_for_url(f"{base}/my/")


@pytest.mark.parametrize("language", ["en", "es"])
def test_her_pages_are_sound(link: str, language: str, site: str, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844}, locale=language)
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    come_in(page, site, link)
    found: list[object] = []
    for path in PATHS:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{site}/my/{path}")
        found += [(path, v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(page, options=RULES).response["violations"]]
        page.set_viewport_size({"width": 320, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found.append((path, "wider than 320"))
        small = page.evaluate("[...document.querySelectorAll('main button')].filter(b => b.getBoundingClientRect().height < 44).length")
        if small:
            found.append((path, f"{small} buttons under 44 pixels"))
    if os.environ.get("PICTURES_TO"):
        page.goto(f"{site}/my/")
        page.set_viewport_size({"width": 390, "height": 844})
        page.screenshot(path=f"{os.environ['PICTURES_TO']}/portal-{language}.png", full_page=True)
    assert (found, said) == ([], [])
    page.close()


def test_without_script_she_comes_in_answers_and_leaves_fast(link: str, site: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    context.route(re.compile("weather"), lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    page = context.new_page()
    come_in(page, site, link)
    page.click("button[name=choice][value=NO]")
    assert "That is your choice" in page.inner_text("main")
    with page.expect_request(re.compile("weather")):
        page.click(".cl-exit", no_wait_after=True)
    page = context.new_page()
    page.goto(f"{site}/my/")
    assert page.url.endswith("/my/sign-in/")
    context.close()


def test_with_script_leaving_fast_replaces_the_page_and_back_shows_the_pin(link: str, site: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.route(re.compile("weather"), lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    page = context.new_page()
    come_in(page, site, link)
    page.goto(f"{site}/my/plan/")
    page.click(".cl-exit")
    page.wait_for_url(re.compile("weather"))
    page.go_back()
    # The sign-in page may come a moment after the way back; the plan never does.
    page.locator("main", has_text="Your PIN").wait_for()
    context.close()


def test_who_goes_back_before_the_session_has_ended_sees_nothing(link: str, site: str, chromium: Browser) -> None:
    """The word that ends the session was lost, or comes later than the way back."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.route(re.compile("weather"), lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    page = context.new_page()
    come_in(page, site, link)
    page.goto(f"{site}/my/plan/")
    page.evaluate("navigator.sendBeacon = () => true")
    page.click(".cl-exit")
    page.wait_for_url(re.compile("weather"))
    page.go_back()
    page.locator("main", has_text="Your PIN").wait_for()
    context.close()


def test_the_first_visit_weighs_at_most_100_kb(link: str) -> None:
    phone = Client()
    phone.post(link)
    phone.post("/my/sign-in/", {"pin": PIN, "again": PIN})
    html = phone.get("/my/").content
    named = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html.decode()))
    sizes = {"html": len(gzip.compress(html))}
    for name in sorted(named | {f"vendor/fonts/{font}.woff2" for font in ("cl-sans-400", "cl-sans-600", "cl-serif-400")}):
        data = Path(str(finders.find(name))).read_bytes()
        sizes[name] = len(data) if name.endswith("woff2") else len(gzip.compress(data))
    print(f"\nBytes on the wire at her first visit: {sum(sizes.values())} {sizes}")
    assert "uswds" not in html.decode()
    assert sum(sizes.values()) <= MOST_BYTES
