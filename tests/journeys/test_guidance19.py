"""The path of Guidance 19 in an empty county: a new coordinator does what the screen says comes next, from the inventory to the annual report.

Nothing is set up but her agency and herself. Every field is filled on a screen, every step is found by a link that the screen shows, and the
validator stops her at each thing that the document demands. Source: Department Guidance 19; agreements.md 5.1; R-178 to R-187.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from pypdf import PdfReader
from tests.factories.agencies import a_worker, an_agency
from tests.journeys.conftest import PICTURES, Visitor, assert_accessible
from tests.journeys.guidance import MENDS, PARTIES, PARTNERS
from tests.journeys.table import kept, press, refuses, sees, text

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.agreements.checklists import checklists
from careloom.config import subscriptions
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def leah(site: str) -> Membership:
    """A coordinator on her first day. No collaborative, no partner, no family."""
    subscriptions.join()
    with transaction.atomic():
        return a_worker(Role.PARTNERSHIP_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB, name=f"Pine Hub {uuid4()}"), name="Leah")


@pytest.mark.requirement("R-178", "R-180", "R-183", "R-184", "R-185")
def test_she_goes_from_nothing_to_the_annual_report(leah: Membership, visit: Visit) -> None:
    her = visit(leah)
    her.context.set_default_timeout(30_000)
    her.go("/partnership/")
    press(her, "Begin a collaborative")
    kept(her, {"name": "Pine together", "reach": "COUNTY", "places": "Pine", "new": "1"})
    she_names_partners_and_services(her)
    she_begins_the_agreement_and_reads_what_it_demands(her)
    she_is_stopped_at_each_thing(her)
    they_sign_it(her)
    she_audits_it(her)
    she_reports_on_it(her)
    they_say_what_success_is(her)
    on_the_path(her)
    sees(her, "11 of 11 steps are done.")
    looks(her, "path-done")


def she_names_partners_and_services(her: Visitor) -> None:
    """The path begins with who is there and with what services there are."""
    press(her, "Agreements", within="main, nav")
    sees(her, "No agreement yet.")
    press(her, "See what comes next")
    sees(her, "0 of 11 steps are done.", "Now: Partners.", "Add the Managing Entity, the lead agency and a provider of services.")
    looks(her, "path-begins")
    press(her, "Partners")
    for place, (name, sector) in enumerate(PARTNERS.items()):
        if place:
            press(her, "Add a partner")
        kept(her, {"name": name, "sectors": [sector]})
    on_the_path(her)
    sees(her, "Now: Services.")
    press(her, "Services")
    kept(her, {"partner_id": "House of Hope", "name": "Rides to treatment", "needs": "RIDES", "most": "12", "room": "3"})
    on_the_path(her)
    sees(her, "One service is in the inventory.", "Now: Begin a working agreement.")


def she_begins_the_agreement_and_reads_what_it_demands(her: Visitor) -> None:
    """The page of the empty agreement names each required clause as missing, and no way leads to counsel."""
    press(her, "Begin a working agreement")
    assert her.page.locator("[name=kind][value=WORKING]").is_checked()
    kept(her, {"title": "Working agreement of Bayline and Coastal", "because": "Both serve the same families."})
    sees(her, "It cannot be signed before all of this is there.")
    missing = her.page.locator("#missing").inner_text()
    for clause in checklists().kinds["WORKING"].clauses:
        assert (clause.label in missing) is clause.rule.required, clause.label
    looks(her, "agreement-empty")
    press(her, "Write on it")
    press(her, "Give it to the partners")
    assert not her.page.get_by_role("button", name="Give it to counsel").count()


def she_is_stopped_at_each_thing(her: Visitor) -> None:
    """One thing after the other: what the page says is missing, the link to it, what she fills in, and it is no longer missing."""
    on_the_path(her)
    press(her, "The workgroup")
    assert her.page.locator("[name=tier][value=WORK_GROUP]").is_checked(), "there is no body yet, so the way leads to a new work group"
    kept(her, {"name": "Pine workgroup"})
    on_the_agreement(her)
    for head, says, fills in MENDS:
        gap = a_gap(her, head, says)
        assert gap.count(), f"{head}: {says} is not said: {her.page.locator('#missing').inner_text()}"
        with her.page.expect_navigation():
            gap.first.get_by_role("link").first.click()
        kept(her, resolved(fills), ticks=fills.get("ticks", ()))
        on_the_agreement(her)
        assert not a_gap(her, head, says).count(), f"{head}: {says} is still said"
    assert not her.page.locator("#missing").count()
    looks(her, "agreement-whole")
    on_the_path(her)
    sees(her, "Now: Partners, counsel and signatures.")
    press(her, "Partners, counsel and signatures")


def they_sign_it(her: Visitor) -> None:
    """Counsel reads it, both parties sign, and the final copy goes to each contract manager with a receipt."""
    for words in ("Give it to counsel", "Counsel approved it", "Open it for signing"):
        press(her, words)
    sees(her, "Signature is missing")
    for name in PARTIES:
        press(her, f"Sign: {name}")
        refuses(her, {"signed_on": clock.today() + timedelta(days=3)}, "This day is still to come.")
        kept(her, {"signed_on": clock.today()})
    sees(her, "In force", "Version 1")
    press(her, "The position")
    sees(her, "Episodes are counted by definition 2009.1, agreement 1.")
    looks(her, "position")
    press(her, "Agreements")
    sees(her, "Final copy to a contract manager")
    looks(her, "list")
    on_the_path(her)
    sees(her, "Now: Final copy to each contract manager.")
    press(her, "Final copy to each contract manager")
    for name in PARTIES:
        press(her, f"Write it down: {name}")
        kept(her, {"filed_on": clock.today(), "filed_how": "Contract portal", "receipt_on": clock.today(), "receipt": "No. 12"})
    on_the_path(her)


def she_audits_it(her: Visitor) -> None:
    """Thirteen questions with what is known beside them; a finding has an owner and a day, and it closes when everything is done."""
    sees(her, "Now: Self-audit.")
    press(her, "Self-audit")
    kept(her, {"auditor": "Leah and a contract manager", "due_on": clock.today() + timedelta(days=30)})
    sees(her, "What is known here:", "has no series of meetings", "The inventory holds one service in Pine", "No barrier was raised")
    looks(her, "audit")
    for ask in checklists().questions.values():
        press(her, f"Answer: {ask}")
        if ask == checklists().questions["workgroup"]:
            refuses(her, {"says": "NO"}, "Say what you found, where the answer is not yes.")
            kept(her, {"says": "NO", "finding": "It has no day yet.", "action": "Plan its months", "owner": "Leah", "due_on": clock.today()})
            continue
        shown = her.page.locator("[name=evidence]").input_value()
        kept(her, {"says": "YES"} | ({} if shown else {"evidence": "Minutes of each month"}))
    press(her, "Close this self-audit")
    sees(her, "What was agreed to be done is not done yet.")
    press(her, f"Change: {checklists().questions['workgroup']}")
    kept(her, {"done_on": clock.today()})
    press(her, "Close this self-audit")
    sees(her, "Closed.")
    on_the_path(her)


def she_reports_on_it(her: Visitor) -> None:
    """Drafted from what is known; not approved while a section is empty; submitted with a receipt; a paper that a screen reader reads."""
    sees(her, "Now: Annual report to the Department.")
    press(her, "Annual report to the Department")
    drafted = her.page.locator("main form").last
    assert "It has no day yet. Plan its months" in drafted.locator("[name=audit]").input_value()
    assert "A count under 11 is not shown." in drafted.locator("[name=clients]").input_value()
    assert_accessible(her.page, name="g19-report-draft")
    kept(her, {"next": ""})
    press(her, "Approve")
    refuses(her, {"how": "Both directors"}, "A section is empty.")
    press(her, "Back without saving")
    press(her, "Write on it")
    kept(her, {"next": "The workgroup meets on second Tuesdays."})
    for words, how in (("Approve", "Both directors"), ("It was submitted", "Contract portal"), ("It was acknowledged", "Letter of the Department")):
        press(her, words)
        kept(her, {"how": how})
    sees(her, "Letter of the Department", "Both directors")
    looks(her, "report")
    link = her.page.get_by_role("link", name="As a paper").get_attribute("href")
    paper = her.context.request.get(f"{her.site}{link}").body()
    if PICTURES:
        (Path(PICTURES) / "g19-report.pdf").write_bytes(paper)
    reader = PdfReader(BytesIO(paper))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for said in ("The workgroup meets on second Tuesdays.", "A count under 11 is not shown.", "It has no day yet.", "Both directors"):
        assert said in words, said
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    on_the_path(her)


def they_say_what_success_is(her: Visitor) -> None:
    """The last step, which comes back whenever a partner joins."""
    press(her, "Say what you call progress and success")
    kept(her, {"success": "A family is together a year after birth.", "changed": "We wrote it for the first time."})


def a_gap(her: Visitor, head: str, says: str) -> Any:
    """A line of what is missing."""
    return her.page.locator("#missing li").filter(has_text=head).filter(has_text=says)


def resolved(values: dict[str, Any]) -> dict[str, Any]:
    """What is filled in, with days counted from today."""
    return {name: clock.today() + value if isinstance(value, timedelta) else value for name, value in values.items() if name != "ticks"}


def on_the_path(her: Visitor) -> None:
    """Back to what comes next, by the links of whichever page she is on."""
    if not her.page.locator("main").get_by_role("link", name="What comes next").count():
        if not her.page.locator("main").get_by_role("link", name="Agreements", exact=True).count():
            press(her, "Pine together")
        press(her, "Agreements")
    press(her, "What comes next")


def on_the_agreement(her: Visitor) -> None:
    """Back to the agreement, by links."""
    if her.page.locator("h1").inner_text() != "Working agreement of Bayline and Coastal":
        on_the_path(her)
        press(her, "Begin a working agreement")


def looks(her: Visitor, name: str) -> None:
    """The open page is sound at both widths."""
    assert text(her)
    assert_accessible(her.page, name=f"g19-{name}")
