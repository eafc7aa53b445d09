"""J5, steps 8, 10 and 13: where families are lost, what the federal counts say, and how far the partners have come, with what shows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.journeys.conftest import Visitor
from tests.journeys.table import Table, days_later, enters, kept, looks, press, refuses, sees, set_up, text

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
STEPS = (
    ("Notified", 120, 60, 60, ""),
    ("With a plan", 96, 50, 46, ""),
    ("Referred to early intervention", 70, 40, 30, "Nobody knows whom to call."),
    ("Evaluated", 41, 29, 12, ""),
    ("Enrolled", 30, 25, 5, ""),
)


@pytest.fixture(scope="module")
def table(site: str) -> Table:
    """Three tiers with their members."""
    return set_up()


@pytest.fixture
def ruth(table: Table, visit: Visit) -> Visitor:
    return enters(visit(table.ruth))


def test_a_walk_shows_where_families_are_lost(table: Table, ruth: Visitor) -> None:
    """8 From 120 who were notified to 30 who are enrolled, by county, small numbers hidden, and between which bounds each share lies."""
    ruth.go(table.room("surveys/"))
    press(ruth, "Walks through the system")
    press(ruth, "Begin a walk")
    told = {"title": "From notice to early intervention", "scope": "Infants of a year, from the notice to the first visit", "groups": "Pine, Harbor"}
    refuses(ruth, told, shot="walk-new")
    kept(ruth, {"sponsor_id": "Department of Families"})
    for place, (name, count, pine, harbor, barrier) in enumerate(STEPS, 1):
        press(ruth, "Add a step")
        assert ruth.page.locator("[name=place]").input_value() == str(place)
        values = {"name": name, "count": str(count), "group_0": str(pine), "group_1": str(harbor), "barrier": barrier, "who": "The hub"}
        kept(ruth, values | ({"barrier_kind": "COMMUNICATION"} if barrier else {}), shot="step" if place == 3 else "")
    sees(ruth, "Most are lost between Referred to early intervention and Evaluated: 41 of 100 do not arrive.")
    sees(ruth, "80 of 100 went on, between 72 and 86", "59 of 100 went on")
    groups = ruth.page.locator("section:has(#groups)")
    assert "Hidden" in groups.get_by_role("row", name="Harbor").inner_text()
    assert "5" not in groups.get_by_role("row", name="Harbor").locator("td").last.inner_text()
    # Thirty less twenty-five would tell the five: what stands beside a hidden cell is hidden too.
    assert "Hidden" in groups.get_by_role("row", name="Pine").locator("td").last.inner_text()
    sees(ruth, "They differ Evaluated. Of 100 families, 32 more went on at Pine than at Harbor, between 9 and 52.")
    assert ruth.page.locator("svg").count() >= 1
    looks(ruth, "walk")
    press(ruth, "Act on it: Nobody knows whom to call.")
    assert ruth.page.locator("[name=what]").input_value() == "Nobody knows whom to call."
    kept(ruth, {"what": "One list of whom to call", "owner_id": "St. Agnes Hospital"})
    sees(ruth, "One list of whom to call")
    press(ruth, "Send it up as a barrier")
    assert ruth.page.locator("[name=words]").input_value() == "Nobody knows whom to call."


def test_the_stage_rests_on_what_is_kept_here_and_may_fall(table: Table, ruth: Visitor, visit: Visit) -> None:
    """13 Each indicator is met only with evidence; what is kept here is offered and linked; a fall says why and stays in the history."""
    ruth.go(table.room("stage/"))
    sees(ruth, "The stage was not looked at yet.")
    press(ruth, "Look at it now")
    offered = ruth.page.locator("[name=record_DIRECTORY] option").all_inner_texts()
    assert any("The directory: 6 partners" in one for one in offered), offered
    assert any("Charter of Steering team" in one for one in ruth.page.locator("[name=record_CHARTER] option").all_inner_texts())
    chosen = {f"record_{code}": ruth.page.locator(f"[name=record_{code}] option").nth(1).get_attribute("value") for code in ("DIRECTORY", "CHARTER")}
    first = {"paper_GLOSSARY": "The glossary of March", "paper_ATTENDANCE": "Minutes of the year"}
    second = {"paper_JOINT_PILOT": "Rides, grant 12", "paper_CO_LOCATED": "Worker at St. Agnes"}
    rules = {f"paper_{code}": f"Order 12, part {place}" for place, code in enumerate(("DATA_AGREEMENT", "SHARED_PLAN", "SCREENING_PROTOCOL"))}
    words = {"why": "We meet, we have a pilot, and a rule changed.", "next_steps": "A rule about who is admitted first."}
    kept(ruth, {**chosen, **first, **second, **words}, shot="stage-new")
    sees(ruth, "Joint projects since")
    ruth = a_quarter_later(table, visit)
    press(ruth, "Look at it now")
    kept(ruth, {**chosen, **first, **second, **rules, "paper_BLENDED_FUNDING": "One fund", **words})
    sees(ruth, "Changing the rules since", "4 of 5")
    link = ruth.page.get_by_role("link", name="The directory: 6 partners")
    assert link.count() == 1
    looks(ruth, "stage")
    ruth = a_quarter_later(table, visit)
    press(ruth, "Look at it now")
    # What showed the stage last time stands in the form; what is gone is taken out.
    assert ruth.page.locator("[name=paper_JOINT_PILOT]").input_value() == second["paper_JOINT_PILOT"]
    gone = dict.fromkeys((*second, *rules, "paper_BLENDED_FUNDING"), "")
    fallen = {**gone, "why": "The pilot ended.", "next_steps": "Begin again."}
    refuses(ruth, fallen, "The stage is lower than before.")
    kept(ruth, {"moved_back": "The grant was not renewed."})
    sees(ruth, "The grant was not renewed.", "Moved back", "Exchanging information since")
    ruth = a_quarter_later(table, visit)
    press(ruth, "Look at it now")
    kept(ruth, {**chosen, **first, **second, **rules, "paper_BLENDED_FUNDING": "One fund", **words})
    sees(ruth, "it had moved back to: exchanging information", "The grant was not renewed.")
    assert ruth.page.locator("svg").count() >= 1
    looks(ruth, "stage-history")
    ruth.go(table.rooms)
    sees(ruth, "How far we have come together", "Changing the rules")
    press(ruth, "What counts")
    press(ruth, "The directory: 6 partners")
    sees(ruth, "Partners", "St. Agnes Hospital")


def a_quarter_later(table: Table, visit: Visit) -> Visitor:
    """She comes in again and opens the stage."""
    days_later(90)
    ruth = enters(visit(table.ruth))
    ruth.go(table.room("stage/"))
    return ruth


def test_the_federal_three_stand_with_what_is_hidden(table: Table, ruth: Visitor) -> None:
    """10 What stands of it: the three counts of the state, each with its definition, exact for her and hidden where they are small."""
    ruth.go("/numbers/federal-three/")
    looks(ruth, "numbers")
    page = text(ruth)
    for words in ("identified", "plan", "referral"):
        assert words in page.lower(), page[:2000]
