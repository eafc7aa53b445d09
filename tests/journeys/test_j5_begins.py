"""J5, step 1: the state lead begins a collaborative with three tiers, and the screens say who is missing until they are there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.journeys.conftest import Visitor
from tests.journeys.table import PARTNERS, Table, kept, looks, press, refuses, sees, text, the_agencies

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def table(site: str) -> Table:
    """Agencies that do not work together yet."""
    return the_agencies()


def test_she_begins_a_collaborative_and_sees_who_is_missing(table: Table, visit: Visit) -> None:
    ruth = visit(table.ruth)
    ruth.context.set_default_timeout(20_000)
    ruth.go("/partnership/")
    looks(ruth, "no-collaborative")
    she_begins(ruth)
    she_adds_the_partners(ruth)
    she_makes_three_tiers(ruth)
    she_gives_the_seats(ruth)
    she_sees_who_is_missing(ruth)
    she_mends_it(ruth)


def she_begins(ruth: Visitor) -> None:
    """The first page offers one thing, and what follows says what to do next."""
    press(ruth, "Begin a collaborative")
    refuses(ruth, {"name": "Safe Start Columbia", "reach": "COUNTY", "new": "1"}, "Name at least one county or Tribe.", shot="begin")
    kept(ruth, {"reach": "STATE", "places": "Pine, Harbor, Eagle Nation"})
    sees(ruth, "Begun. Now say who takes part.", "No partner yet.", "No oversight committee yet.")
    looks(ruth, "begun")


def she_adds_the_partners(ruth: Visitor) -> None:
    """Each partner with its kinds of the sixteen; an agency that works in Careloom is said to be that one."""
    press(ruth, "Add a partner", within="section:has(#gaps)")
    refuses(ruth, {"name": "Department of Families"}, "Choose", shot="partner")
    for key, (name, kinds, agency) in PARTNERS.items():
        if key != "department":
            press(ruth, "Add a partner")
        values = {"name": name, "sectors": list(kinds)} | ({"agency_id": name} if agency else {})
        kept(ruth, values)
    sees(ruth, *(name for name, _kinds, _agency in PARTNERS.values()))
    looks(ruth, "partners")


def she_makes_three_tiers(ruth: Visitor) -> None:
    """The gaps lead from tier to tier; oversight says who leads it, what convenes it and to whom it reports."""
    press(ruth, "Safe Start Columbia")
    press(ruth, "Add it: No oversight committee yet.")
    refuses(ruth, {"name": "Oversight"}, "Say what convenes the oversight committee", shot="oversight")
    kept(ruth, {"lead_id": "Department of Families", "convened_by": "Executive Order 12", "reports_to": "The governor", "quorum": "2"})
    sees(ruth, "Executive Order 12", "Nobody sits here yet.")
    looks(ruth, "oversight-made")
    for tier, name in (("core team", "Steering team"), ("work group", "Pine workgroup")):
        press(ruth, "Safe Start Columbia")
        sees(ruth, f"No {tier} yet.")
        press(ruth, f"Add it: No {tier} yet.")
        kept(ruth, {"name": name, "lead_id": "Coastal Community Care"})
    press(ruth, "Safe Start Columbia")
    assert "The structure is incomplete." not in text(ruth)
    sees(ruth, "3 tiers.")


def she_gives_the_seats(ruth: Visitor) -> None:
    """Who sits where, at which level of the agency, with what authority; one of them signs in herself."""
    seats = {
        "Oversight": (("Ana Whitfield", "Pine Family Court", "DIRECTOR", True), ("Ruth Adeyemi", "Department of Families", "DIRECTOR", True)),
        "Steering team": (("Vera Lund", "Coastal Community Care", "MANAGER", False), ("Nell Okafor", "St. Agnes Hospital", "MANAGER", False)),
        "Pine workgroup": (
            ("Renee Castillo", "St. Agnes Hospital", "FRONT_LINE", False),
            ("Dana Whitlock", "Riverbend Program", "FRONT_LINE", False),
        ),
    }
    for body, members in seats.items():
        press(ruth, body)
        for place, (name, partner, level, decides) in enumerate(members):
            press(ruth, "Add a member")
            values = {"name": name, "partner_id": partner, "level": level, "worker_id": f"{name}, {partner}"}
            values |= {"office": "CHAIR"} if place == 0 else {}
            kept(ruth, values | ({"decides": True} if decides else {}), shot="seat" if body == "Oversight" and place == 0 else "")
        sees(ruth, *(name for name, *_rest in members))
        press(ruth, "Safe Start Columbia")
    looks(ruth, "whole")


def she_sees_who_is_missing(ruth: Visitor) -> None:
    """Housing, the front line of the court, and lived experience on the steering team: each in its table, and in the list to act on."""
    press(ruth, "See it as a table")
    sees(ruth, "No family member on: Core team.", "Nobody speaks for: Housing", "Nobody knows budgets and financing.")
    rows = ruth.page.locator("table:visible")
    housing = rows.get_by_role("row", name="Housing")
    assert "Empty" in housing.inner_text()
    court = ruth.page.locator("section:has(#levels)").get_by_role("row", name="Pine Family Court")
    heads = ruth.page.locator("section:has(#levels) thead th").all_inner_texts()
    cells = dict(zip(heads, court.locator("th, td").all_inner_texts(), strict=True))
    assert (cells["Director or administrator"], cells["Front line"]) == ("Takes part", "Empty")
    families = ruth.page.locator("section:has(#kinds)").get_by_role("row", name="Families who have been through it")
    assert families.inner_text().count("Empty") >= 1
    assert ruth.page.locator("svg").count() >= 1
    looks(ruth, "missing")


def she_mends_it(ruth: Visitor) -> None:
    """From each gap one press leads to the form that closes it, with what is known filled in."""
    press(ruth, "Add a partner: Nobody speaks for:")
    assert ruth.page.locator("[name=kinds][value=HOUSING]").is_checked()
    kept(ruth, {"name": "Harbor Housing", "sectors": ["ABUSE_PREVENTION"]})
    press(ruth, "Add a partner")
    kept(ruth, {"name": "Mothers’ Circle", "sectors": ["FAMILIES"]})
    press(ruth, "Safe Start Columbia")
    press(ruth, "See it as a table")
    press(ruth, "Add a member: No family member on: Core team.")
    kept(
        ruth,
        {"name": "Tamsin Vale", "partner_id": "Mothers’ Circle", "lived": ["TREATMENT"], "supports": ["STIPEND", "CHILD_CARE"], "money": True},
    )
    sees(ruth, "Tamsin Vale", "Made possible by: Stipend, Child care")
    press(ruth, "Safe Start Columbia")
    press(ruth, "See it as a table")
    page = text(ruth)
    assert "No family member on: Core team." not in page
    assert "Nobody knows budgets" not in page
    assert "Nobody speaks for: Housing" not in page
    assert "Empty" not in ruth.page.locator("section:has(#beyond)").get_by_role("row", name="Housing").inner_text()
    sees(ruth, "Harbor Housing")
