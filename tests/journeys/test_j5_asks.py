"""J5, steps 2 and 3: she asks everybody for their values and for their capacity, nobody is found in the answers, and what is read is acted on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.journeys.conftest import Visitor, assert_accessible
from tests.journeys.riverbend import paper_of
from tests.journeys.table import Table, fill_in, kept, looks, press, sees, set_up, text
from tests.requirements.surveys_steps import a_sheet, answered

from careloom.surveys.instruments import items_of
from careloom.surveys.models import Round

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
NEUTRAL = "Write nothing by which somebody could know you or a family."


@pytest.fixture(scope="module")
def table(site: str) -> Table:
    """Three tiers with their members."""
    return set_up()


def test_forty_one_answer_and_nobody_is_found(table: Table, visit: Visit) -> None:
    """2 The values inventory: 41 answers, a group of three is pooled, where they agree and differ, the sheet, and an action."""
    ruth = visit(table.ruth)
    ruth.context.set_default_timeout(20_000)
    ruth.go(table.rooms)
    press(ruth, "Looking at ourselves")
    sees(ruth, "It is part of the first 90 days of a collaborative")
    looks(ruth, "asks")
    press(ruth, "Begin: Values inventory")
    assert ruth.page.locator("[name=kind][value=VALUES]").is_checked()
    kept(ruth, {"invited": "60"}, shot="ask")
    sees(ruth, "Open. Now hand out the codes.", "How many answered is not shown before it closes")
    looks(ruth, "open")
    row = Round.objects.get(kind="VALUES")
    printed = she_prints_codes(ruth, 39)
    a_member_answers_with_her_own(table, visit, row)
    somebody_answers_on_a_phone(visit, printed.pop())
    they_answer(row, printed)
    she_reads_it(ruth, row)
    a_member_reads_the_same(table, visit, row)


def she_prints_codes(ruth: Visitor, number: int) -> list[str]:
    """Codes for those who do not sign in; each is shown once."""
    press(ruth, "Print codes")
    kept(ruth, {"number": str(number)}, shot="print")
    sees(ruth, ruth.site.partition("://")[2] + "/partnership/answer/")
    looks(ruth, "codes")
    printed = [code.strip() for code in ruth.page.locator(".cl-code").all_inner_texts()]
    assert len(set(printed)) == number
    return printed


def a_member_answers_with_her_own(table: Table, visit: Visit, row: Round) -> None:
    """Two members take a code each in the room; nothing connects it with them."""
    for who in ("renee", "vera"):
        member = visit(table.workers[who])
        member.context.set_default_timeout(20_000)
        member.go(table.room("surveys/"))
        press(member, "Take my code", shot="own-code" if who == "renee" else "")
        sees(member, "It is shown once and kept nowhere.")
        press(member, "Answer now")
        sees(member, "No name, no time and no order is kept.", NEUTRAL)
        agrees_with_all(member, row, "HOSPITALS" if who == "renee" else "CHILD_WELFARE")
        sees(member, "Thank you")
        page = member.go(table.room("surveys/"))
        assert page.get_by_role("button", name="Take my code").count() == 0


def agrees_with_all(visitor: Visitor, row: Round, discipline: str, code: int = 5) -> None:
    """Answer every statement of the sheet, and send it."""
    page = visitor.page
    for item in items_of(row.definition):
        page.locator(f"[name='item_{item['id']}'][value='{code}']").check(force=True)
    page.locator("[name=group_discipline]").select_option(discipline)
    with page.expect_navigation():
        page.get_by_role("button", name="Put it into the box").click()


def somebody_answers_on_a_phone(visit: Visit, code: str) -> None:
    """A parent on a phone without a script types the code; a statement that was left out is marked, and nothing is lost."""
    phone = visit(script=False, width=320)
    phone.context.set_default_timeout(20_000)
    phone.go("/partnership/answer/")
    fill_in(phone, {"code": code.lower()})
    with phone.page.expect_navigation():
        phone.page.locator("main form button").last.click()
    row = Round.objects.get(kind="VALUES")
    items = [str(item["id"]) for item in items_of(row.definition)]
    for item in items[1:]:
        phone.page.locator(f"[name='item_{item}'][value='4']").check(force=True)
    phone.page.locator("[name=group_discipline]").select_option("HOSPITALS")
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="Put it into the box").click()
    sees(phone, "A few statements have no answer yet.")
    phone.said.clear()
    assert phone.page.locator(f"[name='item_{items[5]}'][value='4']").is_checked()
    phone.page.locator(f"[name='item_{items[0]}'][value='4']").check(force=True)
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="Put it into the box").click()
    sees(phone, "Thank you")


def they_answer(row: Round, printed: list[str]) -> None:
    """Thirty-eight more put their sheets into the same form: three of a court, two who do not say, and two disciplines that differ in one."""
    first = str(next(items_of(row.definition))["id"])
    for place, code in enumerate(printed):
        discipline = "COURTS" if place < 3 else "" if place < 5 else "HOSPITALS" if place % 2 else "CHILD_WELFARE"
        sheet = a_sheet(row, 5, discipline=discipline, words="We ask her too often." if place == 7 else "")
        answered(row, code, sheet | {f"item_{first}": "1" if discipline == "CHILD_WELFARE" else "5"})


def she_reads_it(ruth: Visitor, row: Round) -> None:
    """Closed, counted, read, discussed, acted on; the sheet for the facilitator is a paper that a reader can hear."""
    room = f"/partnership/{row.collaborative_id}/surveys/{row.pk}/"
    ruth.go(room)
    press(ruth, "Close and count")
    sees(ruth, "41 answers, 60 people asked.", "Where we stand together", "Where we differ", "among the most serious problems")
    looks(ruth, "values")
    press(ruth, "Every statement, also by group")
    press(ruth, "Discipline")
    groups = text(ruth)
    assert "Courts" not in groups
    sees(ruth, "Hospitals", "Child welfare", "A group is shown where it is of 5 or more")
    looks(ruth, "by-group")
    ruth.go(room)
    press(ruth, "remark")
    sees(ruth, "We ask her too often.")
    looks(ruth, "remarks")
    paper = paper_of(ruth, f"{room}sheet/")
    assert "41" in paper
    assert "We ask her too often." not in paper or "own words" in paper
    ruth.go(room)
    press(ruth, "Write it", within="section:has(#read)")
    assert ruth.page.locator("[name=principles]").input_value() != ""
    kept(ruth, {"reading": "We agree on help. We differ on how serious it is."}, shot="read")
    press(ruth, "Write it", within="section:has(#said)")
    kept(ruth, {"where": "Steering team", "words": "The county sees other families than the hospital."})
    press(ruth, "Add an action")
    kept(ruth, {"what": "Visit each other’s intake.", "owner_id": "St. Agnes Hospital"}, shot="action")
    sees(ruth, "Visit each other’s intake.", "The county sees other families than the hospital.", "Acted on")


def a_member_reads_the_same(table: Table, visit: Visit, row: Round) -> None:
    """Who answered reads the results, and no way to a person."""
    member = visit(table.workers["dana"])
    member.go(table.room(f"surveys/{row.pk}/"))
    sees(member, "41 answers, 60 people asked.", "Visit each other’s intake.")
    assert member.page.get_by_role("link", name="Write it").count() == 0
    assert_accessible(member.page, name="j5-values-member")


def test_the_lowest_capacity_goes_into_the_work_plan(table: Table, visit: Visit) -> None:
    """3 The ten elements: budgeting is lowest and wanted first; one press makes it an action with an owner and a day."""
    ruth = visit(table.ruth)
    ruth.context.set_default_timeout(20_000)
    ruth.go(table.room("surveys/"))
    press(ruth, "Ask")
    kept(ruth, {"kind": "CAPACITY", "invited": "20"})
    row = Round.objects.get(kind="CAPACITY")
    printed = she_prints_codes(ruth, 12)
    budget = {f"item_{item['id']}": "1" for item in items_of(row.definition) if item["section"] == "BUDGET"}
    for place, code in enumerate(printed):
        agency = table.partners["agnes" if place % 2 else "coastal"]
        answered(row, code, a_sheet(row, 4, votes=("BUDGET", "TRAINING"), agency=agency) | budget)
    ruth.go(table.room(f"surveys/{row.pk}/"))
    press(ruth, "Close and count")
    sees(ruth, "The lowest capacity: Budget and lasting programs.", "What to work on first")
    looks(ruth, "capacity")
    press(ruth, "Act on it: Budget and lasting programs")
    assert ruth.page.locator("[name=what]").input_value() == "Budget and lasting programs"
    kept(ruth, {"what": "Draw a map of our money.", "owner_id": "Department of Families"})
    sees(ruth, "Draw a map of our money.", "Department of Families", "Acted on")
    press(ruth, "It is done")
    kept(ruth, {"result": "The map hangs in the room."})
    sees(ruth, "The map hangs in the room.")
    looks(ruth, "capacity-acted")
