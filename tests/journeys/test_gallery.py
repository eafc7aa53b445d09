"""The gallery in a real browser: nothing for axe, nothing sideways at 320, nothing against the policy."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from playwright.sync_api import Browser, sync_playwright

from careloom.infra.ui.setup import ensure_assets

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser driver runs an event loop in this thread
    ensure_assets(say=lambda text: None)
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield found
        found.close()


@pytest.fixture(autouse=True)
def plain_static() -> Iterator[None]:
    with override_settings(STORAGES=STATIC):
        yield


@pytest.mark.parametrize("path", ["/gallery/", "/help/", "/accessibility/", "/offline/", "/account/login/", "/no-such-page/"])
def test_a_page_of_the_look_is_sound(path: str, live_server: object, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    page.goto(f"{live_server.url}{path}")  # type: ignore[attr-defined]
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.check('16px \"Cl Sans\"')")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    page.close()


def test_keyboard_reaches_the_content_first(live_server: object, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/help/")  # type: ignore[attr-defined]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "usa-skipnav"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()
