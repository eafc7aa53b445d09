"""Makes the pictures of the README from a running practice county:  bin/up  in one terminal, then

    .venv/bin/python tools/pictures.py [http://127.0.0.1:8000]

Needs the development environment (bin/test makes it) and Chromium.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PASSWORD = "practice-county-only"
LAUNCH = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
DANA, RENEE = "dana.whitlock@example.org", "renee.castillo@example.org"


def sign_in(page: Page, base: str, email: str) -> None:
    """Sign in as a practice worker."""
    page.goto(f"{base}/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def today(page: Page, base: str) -> None:
    page.goto(f"{base}/today/")


def family(page: Page, base: str) -> None:
    page.goto(f"{base}/families/")
    page.click("main >> text=Marisol and Mateo")


def new_birth(page: Page, base: str) -> None:
    page.goto(f"{base}/births/")
    page.click("main >> text=Yesenia")
    for answer in ("as_prescribed=YES", "in_treatment=YES", "safety_concern=NO", "plan_status=WANTS_ONE", "told=IN_HER_LANGUAGE"):
        name, value = answer.split("=")
        page.locator(f"input[name={name}][value={value}]").check(force=True)
    page.wait_for_timeout(1500)


def hers(page: Page, base: str) -> None:
    page.goto(f"{base}/my/demo/")
    page.click("main form >> nth=0 >> button")
    if page.locator("input[name=pin]").count():
        page.fill("input[name=pin]", "318264")
        page.click("main button[type=submit]")
    page.goto(f"{base}/my/")


PICTURES: list[tuple[str, str | None, int, int, Callable[[Page, str], None]]] = [
    ("today", DANA, 1280, 900, today),
    ("family", DANA, 1280, 1500, family),
    ("new-birth", RENEE, 1280, 1200, new_birth),
    ("hers", None, 390, 1100, hers),
]


def main() -> int:
    """Take each picture in a fresh browser."""
    base = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=LAUNCH)
        for name, email, width, height, go in PICTURES:
            page = browser.new_context(viewport={"width": width, "height": height}).new_page()
            if email:
                sign_in(page, base, email)
            go(page, base)
            page.evaluate("window.scrollTo(0, 0)")
            page.screenshot(path=str(FOLDER / f"{name}.png"))
            print(f"docs/pictures/{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
