"""The gallery in a real browser: nothing for axe, nothing sideways at 320, nothing against the policy."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.journeys.conftest import RULES


@pytest.mark.parametrize("path", ["/gallery/", "/help/", "/accessibility/", "/offline/", "/account/login/", "/no-such-page/"])
def test_a_page_of_the_look_is_sound(path: str, site: str, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    page.goto(f"{site}{path}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.check('16px \"Cl Sans\"')")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    page.close()


def test_keyboard_reaches_the_content_first(site: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{site}/help/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "usa-skipnav"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()
