"""Everything that her pages show her as one file: the same words, nothing that they hide, in her language, and twice the same."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.integration.portal.conftest import World
from tests.integration.portal.reading import text

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.accounting import account
from careloom.infra.access.models import AccessLog
from careloom.infra.keys import KeyProblem
from careloom.messages import actions as talking
from careloom.messages.actions import Written
from careloom.messages.queries import unread_for_her
from careloom.people.actions import put_family_member
from careloom.plans.models import PlanOfSafeCare
from careloom.portal.keeping import packed, read
from careloom.portal.views import keep, paper


def saved(phone: Client, language: str = "en") -> ZipFile:
    """Her file, with no part of it broken."""
    phone.cookies["django_language"] = language
    answer = phone.post("/my/keep/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="my-pages-{language}.zip"'
    assert "no-store" in answer["Cache-Control"]
    file = ZipFile(BytesIO(answer.content))
    assert file.testzip() is None
    return file


def lines(file: ZipFile) -> dict[str, list[str]]:
    """The words of each page by its name."""
    told: dict[str, Any] = json.loads(file.read("everything.json"))
    return {page["page"]: [line["text"] for line in page["lines"]] for page in told["pages"]}


def test_it_holds_her_plan_who_looked_and_the_paper(world: World) -> None:
    bea = viewer(world.bea)
    with acting_as(bea):
        account(viewer=bea, place="plans:plan", rows=list(PlanOfSafeCare.objects.filter(pk=world.plan.pk)), at=clock.now())
    file = saved(world.signed_in())
    told = lines(file)
    assert any(world.goal.words in line for line in told["plan"])
    assert any("Home visits" in line for line in told["looked"])
    assert file.read("papers/plan-paper.pdf").startswith(b"%PDF-")
    assert world.goal.words in file.read("pages/plan.html").decode()
    assert set(told) >= {"home", "visits", "forms", "told", "messages", "rights"}
    for name in file.namelist():
        if name.endswith(".html"):
            page = file.read(name).decode()
            assert not any(sign in page for sign in ("<form", "<script", "<button", "csrf", 'href="/'))


def test_it_is_in_her_language_and_twice_the_same(world: World) -> None:
    phone = world.signed_in()
    with clock.at(clock.now()):
        first, second = saved(phone), saved(phone)
    assert first.namelist() == second.namelist()
    # A paper says when it was made; every page and the JSON are the same bytes.
    assert [name for name in first.namelist() if first.read(name) != second.read(name) and not name.endswith(".pdf")] == []
    spanish = saved(phone, "es")
    assert '<html lang="es">' in spanish.read("index.html").decode()
    assert "Mis páginas" in spanish.read("index.html").decode()


def test_what_her_pages_hide_her_file_hides(world: World) -> None:
    by = world.coordinator
    with acting_as(by):
        put_family_member(by=by, at=clock.now(), identity_id=world.mother, name="Quillfeather", relation="partner", kind="PARTNER", unsafe=True)
    phone = world.signed_in()
    assert "Quillfeather" not in text(phone, "family/")
    file = saved(phone)
    assert not any(b"Quillfeather" in file.read(name) for name in file.namelist())


def unread_of(world: World) -> int:
    her = world.her()
    with acting_as(her.viewer):
        return unread_for_her(viewer=her.viewer, identity_id=her.identity_id)


def test_a_message_stays_unread(world: World) -> None:
    by = world.coordinator
    with acting_as(by):
        made = talking.start_thread(
            by=by, at=clock.now(), identity_id=world.mother, topic="OTHER", agency_ids=frozenset(), with_her=True,
            written=Written(words="See you at ten"), request_key="k1",
        )  # fmt: skip
    assert isinstance(made, talking.Done), made
    phone = world.signed_in()
    unread = unread_of(world)
    assert unread == 1
    file = saved(phone)
    assert any("See you at ten" in line for name, told in lines(file).items() if name.startswith("thread-") for line in told)
    assert unread_of(world) == unread
    assert phone.get(f"/my/messages/{made.row_id}/").status_code == 200
    assert unread_of(world) == 0, "a message that she opens is read"


def test_a_paper_that_no_key_opens_is_said_and_keeps_nothing_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def destroyed(**_: object) -> bytes:
        raise KeyProblem("destroyed")

    monkeypatch.setattr(paper, "render_plan", destroyed)
    file = saved(world.signed_in())
    assert "papers/plan-paper.pdf" not in file.namelist()
    assert "cannot be opened any more" in file.read("index.html").decode()
    assert "pages/plan.html" in file.namelist()


def test_a_file_that_would_be_too_long_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "_MOST", 3)
    file = saved(world.signed_in())
    assert len(lines(file)) == 3
    assert "older parts are left out" in file.read("index.html").decode()


def test_it_is_logged_as_her_own_look_and_opens_for_nobody_else(world: World) -> None:
    her = world.her()
    with acting_as(her.viewer):
        before = AccessLog.objects.filter(principal_id=her.principal.pk).count()
    saved(world.signed_in())
    with acting_as(her.viewer):
        assert AccessLog.objects.filter(principal_id=her.principal.pk).count() > before
    assert Client().post("/my/keep/").status_code == 302
    assert Client().get("/my/keep/")["Location"].startswith("/my/sign-in/")


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<main><h1>A</h1><p>one <b>two</b></p></main>", ["A", "one two"]),
        ("<p>out</p><main><p>in</p><form><p>typed</p></form><p>after</p></main>", ["in", "after"]),
        ("<main><p>&lt;script&gt;</p><svg><title>x</title></svg></main>", ["<script>"]),
        ("<main><li>one<br>more", []),
    ],
    ids=["plain", "form", "escaped", "torn"],
)
def test_a_page_is_read_as_she_reads_it(html: str, words: list[str]) -> None:
    page = read(html, name="p").page
    assert [line for _, line in page.lines] == words
    assert "<script>" not in page.body
    assert packed([page], papers={}, language="en", title="T", first="F") == packed([page], papers={}, language="en", title="T", first="F")
