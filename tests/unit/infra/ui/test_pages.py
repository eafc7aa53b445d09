"""Base templates, components and the one 404 page: strict policy, no naming, nothing dead."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils.html import escape

from careloom.infra.ui import components as c
from careloom.infra.ui import views
from careloom.infra.ui.about import notices, releases
from careloom.infra.ui.context import SignedIn, links, page
from careloom.infra.ui.gallery import sections

INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=|javascript:", re.I)
STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def plain_static() -> object:
    with override_settings(STORAGES=STATIC):
        yield


def asked(path: str = "/nowhere/") -> HttpRequest:
    return RequestFactory().get(path)


@pytest.mark.parametrize("name", ["ui/base.html", "ui/base_public.html", "ui/base_portal.html", "404.html", "403_csrf.html", "offline.html"])
def test_no_page_holds_inline_script_style_or_event_attributes(name: str) -> None:
    request = asked()
    request.signed_in = SignedIn(name="Dana Whitlock", unit="Riverbend")  # type: ignore[attr-defined]
    html = render_to_string(name, page(request), request=request)
    assert not INLINE.search(html)
    assert '<a class="usa-skipnav" href="#main">' in html


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_pages_for_broken_days_render_without_any_context(name: str) -> None:
    html = render_to_string(name)
    assert "<h1>" in html
    assert 'href=""' not in html


@pytest.mark.parametrize("section", sections(), ids=lambda s: s.key)
def test_every_component_of_the_gallery_draws_under_the_strict_policy(section: object) -> None:
    for item in section.items:  # type: ignore[attr-defined]
        html = Template("{% load ui %}{% show item %}").render(Context({"item": item}))
        assert html.strip()
        assert not INLINE.search(html)


def test_components_escape_what_people_typed() -> None:
    voice = c.Voice(words="<script>x</script>", footer="<b>")
    html = Template("{% load ui %}{% show v %}").render(Context({"v": voice}))
    assert "<script>" not in html
    assert "<b>" not in html


def test_hidden_and_absent_are_the_same_page_whatever_was_asked() -> None:
    answers = [views.not_found(asked(path)) for path in ("/plans/6f1c/", "/my/message/2/")]
    assert [a.status_code for a in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert "There may be more; ask the care team line." in answers[0].content.decode()


def test_an_expired_form_says_what_to_do_and_not_why() -> None:
    answer = views.csrf_failure(asked(), reason="CSRF cookie not set.")
    assert answer.status_code == 403
    assert b"cookie" not in answer.content
    assert b"Sign in" in answer.content


def test_no_link_of_the_bar_is_dead() -> None:
    assert links()["accessibility"] == "/accessibility/"
    assert all(to == "" or to.startswith("/") for to in links().values())


@pytest.mark.parametrize(("world", "status"), [("demo", 200), ("live", 404)])
def test_the_gallery_stands_only_where_everyone_is_made_up(world: str, status: int) -> None:
    from django.http import Http404

    request = asked("/gallery/")
    with override_settings(CARELOOM_WORLD=world):
        try:
            found = views.gallery_page(request).status_code
        except Http404:
            found = 404
    assert found == status


@pytest.mark.parametrize(("world", "says"), [("demo", True), ("live", False)])
def test_every_page_of_a_demo_world_says_practice(world: str, says: bool) -> None:
    with override_settings(CARELOOM_WORLD=world):
        for name in ("ui/base.html", "ui/base_public.html", "ui/base_portal.html"):
            request = asked()
            assert ("Practice county." in render_to_string(name, page(request), request=request)) is says


def test_the_portal_never_names_the_product_in_its_title_and_weighs_little() -> None:
    request = asked("/my/")
    html = render_to_string("ui/base_portal.html", page(request), request=request)
    assert "<title>Family plan</title>" in html
    assert "uswds" not in html
    assert len(html) < 4000


def test_the_page_about_tells_what_is_new_and_every_licence_that_is_named() -> None:
    newest = releases()[0]
    assert newest.version == settings.CARELOOM_RELEASE  # a release without its notes fails here
    assert list(releases()) == sorted(releases(), key=lambda row: row.on, reverse=True)
    html = views.about(asked("/about/")).content.decode()
    assert all(escape(one.words) in html for one in newest.new)
    known = {one.name: one.licence for one in notices()}
    assert known["Django"].startswith("BSD")
    assert "careloom" not in {name.lower() for name in known}
    assert all(len(licence) <= 60 and "\n" not in licence for licence in known.values() if "," not in licence)
    pages = "".join(views.about(asked(f"/about/?page={number}")).content.decode() for number in (1, 2, 3, 4))
    assert "psycopg" in pages
    assert ">Django<" in pages
    assert not INLINE.search(html)
