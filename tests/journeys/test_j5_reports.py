"""J5, steps 11 and 12: the self-audit finds the month that was missed, its action is done, and the annual report reaches the Department."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from tests.journeys.conftest import Visitor
from tests.journeys.table import Table, days_later, enters, kept, looks, press, refuses, sees, set_up, text, to_september
from tests.requirements.agreeing import Hall, executed
from tests.requirements.meeting_group import WHERE
from tests.requirements.test_structure_rows import send

from careloom.agreements.checklists import checklists
from careloom.infra import clock
from careloom.meetings.models import Meeting
from careloom.partnership.models import Body, Partner

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def table(site: str) -> Table:
    """Three tiers with their members, in September."""
    to_september()
    return set_up()


@pytest.fixture(scope="module")
def agreement(table: Table) -> str:
    """The address of a working agreement in force, as step 4 leaves it; its workgroup met in September and October, as step 6 leaves it."""
    client = Client()
    client.force_login(table.ruth.worker.user)
    me, cbc, provider = (Partner.objects.get(pk=table.partners[key]) for key in ("bayline", "coastal", "riverbend"))
    hall = Hall(client=client, rooms=table.rooms, me=me, cbc=cbc, provider=provider, body=Body.objects.get(pk=table.bodies["group"]))
    told = {"kind": "WORKING", "title": "Working agreement of Bayline and Coastal", "places": "Pine", "because": "Both serve the same families."}
    hall.page = send(client, f"{table.rooms}agreements/new/", **told)
    executed(hall)
    rhythm = {"starts_on": clock.today().isoformat(), "week": "1", "weekday": "0", "hour": "14:00", "every_months": "1"}
    send(client, f"{table.rooms}bodies/{hall.body.pk}/meetings/series/", **rhythm, **WHERE)
    days_later((date(clock.today().year, 12, 3) - clock.today()).days)
    for row in Meeting.objects.filter(body=hall.body, starts_at__month__in=(9, 10), starts_at__lt=clock.now()):
        row.state, row.began_at, row.ended_at = "MINUTES_APPROVED", row.starts_at, row.starts_at + timedelta(hours=1)
        row.save(update_fields=["state", "began_at", "ended_at"])
    return hall.page


def test_a_year_is_audited_and_reported_to_the_department(table: Table, agreement: str, visit: Visit) -> None:
    ruth = enters(visit(table.ruth))
    she_audits(ruth, agreement, vera=enters(visit(table.workers["vera"])))
    she_reports(ruth, agreement)


def she_audits(ruth: Visitor, agreement: str, *, vera: Visitor) -> None:
    """12 Each question stands beside what is known here. The month that was missed becomes an action of the core team, which it ends with."""
    asks = checklists().questions
    ruth.go(agreement)
    press(ruth, "Plan one", within="section:has(#audits)")
    kept(ruth, {"auditor": "Ruth Adeyemi", "due_on": clock.today() + timedelta(days=20)}, shot="audit-new")
    sees(ruth, "Pine workgroup met in 2 of 3 months", "No meeting in: November.")
    looks(ruth, "audit")
    for code, ask in asks.items():
        press(ruth, f"Answer: {ask}")
        if code != "workgroup":
            shown = ruth.page.locator("[name=evidence]").input_value()
            kept(ruth, {"says": "YES"} | ({} if shown else {"evidence": "The minutes of each month"}))
            continue
        sees(ruth, "No meeting in: November.")
        refuses(ruth, {"says": "NO"}, "Say what you found, where the answer is not yes.")
        due = {"action": "Two leads share a month", "owner": "Renee Castillo", "due_on": clock.today() + timedelta(days=10)}
        kept(ruth, {"says": "NO", "finding": "November was missed.", **due}, shot="audit-answer")
    press(ruth, "Close this self-audit")
    sees(ruth, "What was agreed to be done is not done yet.", "November was missed.", "Two leads share a month, Renee Castillo")
    vera.go("/today/")  # who chairs the core team finds the action in her day
    sees(vera, "Do what the self-audit found: Two leads share a month")
    with vera.page.expect_navigation():
        vera.page.locator("main article").filter(has_text="Two leads share a month").get_by_role("link").first.click()
    sees(vera, "November was missed.")
    looks(vera, "audit-action")
    press(ruth, f"Change: {asks['workgroup']}")
    kept(ruth, {"done_on": clock.today()})
    press(ruth, "Close this self-audit")
    sees(ruth, "Closed.")
    vera.go("/today/")
    assert "Two leads share a month" not in text(vera)
    looks(ruth, "audit-done")


def she_reports(ruth: Visitor, agreement: str) -> None:
    """11 Drafted from what is known and edited; approved when no section is empty, submitted, acknowledged, and a paper that one can hear."""
    ruth.go(agreement)
    press(ruth, "Draft one", within="section:has(#reports)", shot="report-draft")
    drafted = ruth.page.locator("main form").last
    for name, words in (("workgroup", "No meeting in: November."), ("audit", "November was missed."), ("operation", "Bayline Managing Entity")):
        assert words in drafted.locator(f"[name={name}]").input_value(), name
    fields = drafted.locator("textarea")
    empty = [fields.nth(place).get_attribute("name") for place in range(fields.count()) if not fields.nth(place).input_value()]
    kept(ruth, {str(name): "As the partners told it." for name in empty} | {"next": ""})
    press(ruth, "Approve")
    refuses(ruth, {"how": "The steering team"}, "A section is empty.")
    press(ruth, "Back without saving")
    press(ruth, "Write on it")
    kept(ruth, {"next": "A ride for every visit."})
    for step, how in (("Approve", "The steering team"), ("It was submitted", "Letter 9"), ("It was acknowledged", "Receipt 4")):
        press(ruth, step)
        kept(ruth, {"how": how})
    sees(ruth, "Acknowledged", "Receipt 4", "The steering team")
    looks(ruth, "report")
    link = ruth.page.get_by_role("link", name="As a paper").get_attribute("href")
    reader = PdfReader(BytesIO(ruth.context.request.get(f"{ruth.site}{link}").body()))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for said in ("A ride for every visit.", "November was missed.", "No meeting in: November.", "The steering team"):
        assert said in words, said
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"].startswith("en")
