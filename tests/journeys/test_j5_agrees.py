"""J5, step 4: a working agreement that nobody can sign while something is missing, until it is in force and its copies are filed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.journeys.conftest import Visitor
from tests.journeys.riverbend import paper_of
from tests.journeys.table import Table, enters, kept, looks, press, sees, set_up, text

from careloom.agreements.checklists import checklists
from careloom.infra import clock
from careloom.kernel.partnership.agreements import Takes

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
CONTRACT = {"contact_reach": "555-0100", "signer_title": "Director"}
MAY = {
    "workgroup_way": ("Meets every month", "The lead rotates", "One can take part by video or phone"),
    "position_label": ("Substance Abuse Professional",), "position_owner": ("Bayline Managing Entity",),
    "position_planners": ("Coastal Community Care",),
    "position_population": ("The family is involved with child welfare", "A child was found unsafe"),
    "position_skills": ("Trained in motivational work", "Works with the whole family, not the parent alone"),
    "position_admits": ("Face to face",), "position_discharges": ("In treatment and linked",), "workgroup": ("Pine workgroup",),
}  # fmt: skip


@pytest.fixture(scope="module")
def table(site: str) -> Table:
    """Three tiers with their members."""
    return set_up()


def test_she_brings_an_agreement_in_force(table: Table, visit: Visit) -> None:
    ruth = enters(visit(table.ruth))
    page = she_begins_it(table, ruth)
    she_writes_it(ruth)
    she_is_stopped_and_mends(ruth)
    it_is_signed(table, visit, ruth, page)
    she_files_the_copies(ruth)


def she_begins_it(table: Table, ruth: Visitor) -> str:
    """From the room, the screen says what comes next; the template holds what Guidance 19 asks for."""
    ruth.go(table.rooms)
    press(ruth, "Agreements", shot="agreements")
    press(ruth, "What comes next", shot="next")
    press(ruth, "Begin a working agreement")
    kept(ruth, {"title": "Working agreement of Bayline and Coastal", "because": "Both serve the same families."}, shot="agreement-new")
    sees(ruth, "things are missing", "It cannot be signed before all of this is there.", "A nominated contact person at each party")
    looks(ruth, "agreement-empty")
    page = ruth.page.url.replace(ruth.site, "")
    for partner, role in (("Bayline Managing Entity", "ME"), ("Coastal Community Care", "CBC")):
        press(ruth, "Add a party")
        told = {"partner_id": partner, "role": role, "signer_name": f"Director of {partner}", "contract": "ZZ-17", "manager": f"Cy Moss of {partner}"}
        kept(ruth, told | CONTRACT | ({"contact_name": "Ada Reed"} if role == "CBC" else {}))
    press(ruth, "Title, area and days")
    today = clock.today()
    days = {
        "starts_on": today,
        "ends_on": today + timedelta(days=700),
        "review_on": today + timedelta(days=365),
        "report_due_on": today + timedelta(days=300),
    }
    kept(ruth, {"places": "Pine, Harbor", "frequency": "YEARLY", **days})
    return page


def she_writes_it(ruth: Visitor) -> None:
    """Clause by clause, from the link beside each; what the checklist offers is chosen, the rest is written."""
    for clause in checklists().kinds["WORKING"].clauses:
        if not clause.rule.required or clause.rule.takes not in {Takes.TEXT, Takes.CODES, Takes.PARTNERS, Takes.BODY, Takes.LINES}:
            continue
        if clause.rule.takes is Takes.LINES:
            press(ruth, f"Add a line: {clause.label}")
            kept(ruth, {"cell_0": "Bo Lane", "cell_1": "Northwest region", "cell_2": "Read the draft", "cell_3": "In March"})
            continue
        press(ruth, f"Write: {clause.label}")
        words = {} if clause.rule.code in MAY else {"text": f"What we say of it: {clause.label}."}
        kept(ruth, words, ticks=MAY.get(clause.rule.code, ()), shot=clause.rule.code if clause.rule.code in {"purpose", "position_skills"} else "")


def she_is_stopped_and_mends(ruth: Visitor) -> None:
    """Without a contact person and the members that the document demands nobody signs; each thing that is missing leads to its place."""
    sees(ruth, "No contact person is nominated at: Bayline Managing Entity", "The workgroup has no member of: Bayline Managing Entity")
    for step in ("Write on it", "Give it to the partners"):
        press(ruth, step)
    sees(ruth, "2 things are missing", "With the partners")
    assert ruth.page.get_by_role("button", name="Give it to counsel").count() == 0
    looks(ruth, "agreement-stopped")
    press(ruth, "Change: Bayline Managing Entity")
    kept(ruth, {"contact_name": "Gwen Ito"})
    assert "No contact person is nominated" not in text(ruth)
    agreement = ruth.page.url
    press(ruth, "workgroup", within="#missing")
    kept(ruth, {"name": "Gwen Ito", "partner_id": "Bayline Managing Entity"})
    ruth.page.goto(agreement)
    assert "It cannot be signed before all of this is there." not in text(ruth)
    for step in ("Give it to counsel", "Counsel approved it", "Open it for signing"):
        press(ruth, step)
    sees(ruth, "Signature is missing")
    looks(ruth, "agreement-signing")


def it_is_signed(table: Table, visit: Visit, ruth: Visitor, page: str) -> None:
    """Bayline signs on paper and she writes it down; Coastal signs itself. With the last signature it is in force."""
    press(ruth, "Sign: Bayline Managing Entity")
    sees(ruth, "It shows as signed on paper.")
    kept(ruth, {}, shot="sign")
    sees(ruth, "Signed on paper by Director of Bayline Managing Entity", "Being signed")
    vera = visit(table.workers["vera"])
    vera.go(page)
    press(vera, "Sign: Coastal Community Care")
    kept(vera, {})
    sees(vera, "In force", "Signed by Director of Coastal Community Care")
    looks(vera, "agreement-in-force")


def she_files_the_copies(ruth: Visitor) -> None:
    """The final copy goes to the contract manager of each party, and each receipt is kept."""
    ruth.page.reload()
    sees(ruth, "Final copy", "Cy Moss of Bayline Managing Entity", "Cy Moss of Coastal Community Care")
    for place, partner in enumerate(("Bayline Managing Entity", "Coastal Community Care"), 12):
        press(ruth, f"Write it down: {partner}")
        today = clock.today()
        kept(ruth, {"filed_on": today, "filed_how": "E-mail", "receipt_on": today, "receipt": f"No. {place}"}, shot="filing" if place == 12 else "")
    sees(ruth, "No. 12", "No. 13")
    assert "Not sent yet" not in text(ruth)
    words = paper_of(ruth, ruth.page.url.replace(ruth.site, "") + "paper/")
    assert "Working agreement of Bayline and Coastal" in words
    assert "Bo Lane" in words
