"""Two records of one person, and the words a worker writes: in a real browser, with and without JavaScript, at both widths."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld
from tests.integration.people.conftest import AGAIN, Doubles
from tests.journeys.conftest import assert_accessible

from careloom.infra.access import acting_as
from careloom.people.models import PersonRecord
from careloom.plans.models import Strength

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TEXT = "She relapsed in May. “I am an addict”, she says."
BETTER = "She returned to use in May. “I am an addict”, she says."


def are_one(doubles: Doubles, *rows: PersonRecord) -> bool:
    with transaction.atomic():
        return len({doubles.identity(row) for row in rows}) == 1


@pytest.fixture
def doubles(site: str) -> Doubles:
    with transaction.atomic():
        return Doubles(world=PlanWorld())


def test_side_by_side_joined_and_taken_back(doubles: Doubles, visit: Callable[..., Any]) -> None:
    with transaction.atomic():
        first, second = doubles.record(doubles.world.dana, address="12 Pine Street, Harbor 44012"), doubles.record(doubles.world.dana, **AGAIN)
        doubles.noted(doubles.world.dana, second)
    here = visit(doubles.world.supervisor)
    page = here.go("/people/")
    assert_accessible(page, name="people-list")
    page.get_by_role("link", name=re.compile("Katie Quillfeather")).click()
    assert_accessible(page, name="people-match")
    page.get_by_label("I looked at both records").check()
    page.get_by_role("button", name="Join the records").click()
    assert page.get_by_text("Joined. It can be taken back.").is_visible()
    assert are_one(doubles, first, second)
    page.get_by_role("link", name="See the join, or take it back").click()
    assert_accessible(page, name="people-join")
    page.get_by_label("They are two people").check()
    page.get_by_role("button", name="Take the join back").click()
    assert page.get_by_text("Each record is as it was before.").is_visible()
    assert not are_one(doubles, first, second)
    page = here.go("/people/search/")
    page.get_by_role("button", name="Start a search").click()
    assert page.get_by_text("Waits for its turn").is_visible()
    assert_accessible(page, name="people-search")


def test_she_is_shown_before_she_is_written_twice(doubles: Doubles, visit: Callable[..., Any]) -> None:
    with transaction.atomic():
        doubles.record(doubles.world.maria, category="hipaa.ob_record")
    page = visit(doubles.world.maria).go("/births/new/typed/")
    page.get_by_label("Her first name").fill("Katie")
    page.get_by_label("Her last name").fill("Quillfeather")
    for group, (month, day, year) in (("birth_date", ("3", "12", "1995")), ("born_on", ("1", "3", "2026"))):
        for part, value in (("month", month), ("day", day), ("year", year)):
            page.locator(f"[name={group}_{part}]").fill(value)
    page.get_by_role("button", name="Go on").click()
    assert page.get_by_text("Perhaps she is here already").is_visible()
    assert_accessible(page, name="people-alike")
    page.get_by_role("button", name="None of these, go on").click()
    assert "/births/" in page.url
    assert "typed" not in page.url


def texts_of(world: PlanWorld) -> list[str]:
    with transaction.atomic(), acting_as(viewer(world.dana)):
        return sorted(Strength.objects.order_by("text").values_list("text", flat=True))


def test_words_under_the_field_as_she_writes(doubles: Doubles, visit: Callable[..., Any]) -> None:
    with transaction.atomic():
        plan = doubles.world.a_plan()
    page = visit(doubles.world.dana).go(f"/plans/{plan.pk}/strengths/new/")
    field = page.locator("textarea[name=text]")
    field.fill(TEXT)
    field.blur()
    page.get_by_role("button", name="Use it").wait_for()
    assert_accessible(page, name="words-under")
    page.get_by_role("button", name="Use it").click()
    assert field.input_value() == BETTER
    field.blur()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/families/**")
    assert texts_of(doubles.world) == [BETTER]


def test_words_on_a_page_without_javascript(doubles: Doubles, visit: Callable[..., Any]) -> None:
    with transaction.atomic():
        plan = doubles.world.a_plan()
    page = visit(doubles.world.dana, script=False).go(f"/plans/{plan.pk}/strengths/new/")
    page.locator("textarea[name=text]").fill(TEXT)
    page.locator("main form button[type=submit]").first.click()
    assert page.get_by_text("A word, before it is kept").first.is_visible()
    page.get_by_role("button", name="Keep mine").click()
    assert texts_of(doubles.world) == [TEXT]
    page = visit(doubles.world.supervisor).go("/agency/words/")
    assert_accessible(page, name="words-counted")
