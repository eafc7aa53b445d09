"""What journeys share: a site on a database of its own, a browser, a signed-in page, and the checks that each page must pass.

`site` serves the product on a copy of the migrated template that tests may commit to; each module gets its own and it is thrown away.
(The application role may not truncate, so the `live_server` and `transactional_db` fixtures cannot empty a shared one.)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.databases import own_database
from tests.several.rooms import Room, room
from tests.several.stories import a_site_of

from careloom.agencies.models import Membership
from careloom.infra.ui.setup import ensure_assets

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
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
WIDTHS = (1280, 320)
PICTURES = os.environ.get("JOURNEY_PICTURES", "")
STORIES = count(1)


@pytest.fixture(scope="session")
def server_room(django_db_setup: None) -> Iterator[Room]:
    """A PostgreSQL server apart, for journeys on several machines."""
    with room() as made:
        made.server("db1", durable=False)
        yield made


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of the running product, on a database that this module may fill. With JOURNEYS_ON_SEVERAL set (bin/test-several), two machines."""
    if os.environ.get("JOURNEYS_ON_SEVERAL"):
        with a_site_of(request.getfixturevalue("server_room"), django_db_blocker, story=next(STORIES)) as address:
            yield address
        return
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser driver runs an event loop in this thread
    ensure_assets(say=lambda text: None)
    with own_database(django_db_blocker), override_settings(STORAGES=STATIC):
        server = LiveServer("localhost")
        try:
            yield server.url
        finally:
            server.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the module."""
    with sync_playwright() as driver, clicks_that_arrive():
        found = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()
        # Inside the driver's event loop Django keeps connections of its own; the next module has another database.
        connections.close_all()


@contextmanager
def clicks_that_arrive() -> Iterator[None]:
    """Let a click or a key return when the page it leads to is there.

    The driver's own returns when the first bytes come, and a check that looks then sees half a page.
    """

    def arriving(act: Callable[..., None]) -> Callable[..., None]:
        @wraps(act)
        def acting(self: Locator, *args: Any, **kwargs: Any) -> None:
            act(self, *args, **kwargs)
            if not self.page.is_closed():
                self.page.wait_for_load_state("domcontentloaded")

        return acting

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", arriving(Locator.click))
        patch.setattr(Locator, "press", arriving(Locator.press))
        yield


@dataclass
class Visitor:
    """A signed-in browser: `page` is its page, `said` what the console complained of."""

    page: Page
    context: BrowserContext
    site: str
    said: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a page of the product. The first one of a fresh server loads everything, so a page may take its time."""
        self.page.goto(f"{self.site}{path}", timeout=60_000)
        return self.page


@pytest.fixture
def visit(site: str, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Make a visitor: `visit(member)` is signed in as her; `script=False` has no JavaScript; `width` is the window's."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def make(member: Membership | None = None, *, script: bool = True, width: int = 1280) -> Visitor:
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script, locale="en-US")
        contexts.append(context)
        if member is not None:
            client = Client()
            client.force_login(member.worker.user)
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": site}])
        context.set_default_timeout(10_000)
        page = context.new_page()
        visitor = Visitor(page=page, context=context, site=site)
        page.on("console", lambda m: visitor.said.append(f"{m.text} {m.location.get('url', '')}") if wrong(m) else None)
        page.on("pageerror", lambda e: visitor.said.append(str(e)))
        visitors.append(visitor)
        return visitor

    yield make
    for context in contexts:
        context.close()
    assert [v.said for v in visitors if v.said] == []


def wrong(said: ConsoleMessage) -> bool:
    """Whether the console complained."""
    return said.type == "error" or "Content Security Policy" in said.text


def assert_accessible(page: Page, *, name: str = "", widths: tuple[int, ...] = WIDTHS) -> None:
    """Nothing for axe, and nothing sideways, at each width. With JOURNEY_PICTURES set, a picture of each is kept there under `name`."""
    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == [], f"{name} at {width}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways at {width}"
        if PICTURES and name:
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
    if before:
        page.set_viewport_size(before)
