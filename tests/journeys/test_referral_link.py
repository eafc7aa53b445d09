"""A partner answers on a small phone: choosing brings the follow-up without leaving the page, axe finds nothing, the policy is kept."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from playwright.sync_api import Browser
from tests.integration.referrals.conftest import a_world
from tests.journeys.conftest import RULES

from careloom.kernel.referral import Kind, State
from careloom.plans.referrals.answers import Moved


@pytest.mark.browser
@pytest.mark.slow
def test_a_partner_answers_on_a_small_phone_with_and_without_script(site: str, chromium: Browser) -> None:
    with transaction.atomic():
        world = a_world()
    for script in (True, False):
        done = world.send(kind=Kind.LINK, place="Pine County", key=f"script {script}")
        assert isinstance(done, Moved)
        answer(chromium, f"{site}/r/{done.token}/", script=script)
        with transaction.atomic():
            assert world.state(done.referral) == State.WAITLISTED


def answer(chromium: Browser, address: str, *, script: bool) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 640}, java_script_enabled=script)
    page.set_default_timeout(8000)
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security Policy" in m.text else None)
    page.goto(address)
    page.get_by_label("Yes, with a waiting list").check()
    if not script:
        page.get_by_role("button", name="Send answer").click()
    page.get_by_label("When might a place open?").select_option("MONTH")
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Send answer").click()
    page.get_by_text("Thank you. We have your answer.").wait_for()
    assert refused == []
