"""The self-audit and the annual report are drafted from what the rooms know: meetings, barriers, guidance, inventory, and counts that are hidden."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.requirements.agreeing import Hall, executed, hall, on  # noqa: F401  (a fixture)
from tests.requirements.conftest import text_of
from tests.requirements.inventory import families, last_month, listed
from tests.requirements.meeting_group import WHERE
from tests.requirements.test_structure_rows import browser, day, ruth, send  # noqa: F401  (fixtures)

from careloom.agreements.models import Report
from careloom.barriers.models import Barrier
from careloom.infra import clock

pytestmark = pytest.mark.django_db
NAMES = ("operation", "workgroup", "barriers", "inventory", "position", "clients", "audit", "changes", "next")


@pytest.mark.requirement("R-183", "R-184")
def test_the_audit_shows_what_the_rooms_know_and_the_report_is_drafted_approved_submitted_and_a_paper(hall: Hall) -> None:  # noqa: F811
    executed(hall)
    client, today = hall.client, clock.today()
    world = last_month()
    families(world, 12, "RIDES", county="Pine")
    families(world, 3, "HOUSING", county="Pine")
    listed("Rides to care", "RIDES", areas=("Pine",), room=4)
    first = {"starts_on": (today - timedelta(days=60)).replace(day=1).isoformat(), "week": "1", "weekday": "0", "hour": "14:00", "every_months": "1"}
    send(client, f"{hall.rooms}bodies/{hall.body.pk}/meetings/series/", **first, **WHERE)
    told = {"kind": "CHALLENGE", "title": "No ride to the clinic", "words": "There is no bus.", "cause": "TOO_FAR", "county": ""}
    send(client, f"{hall.rooms}barriers/new/", **told)
    change = {"need": "RIDES", "way": "ACCESS", "what": "Drive at night", "partner_id": hall.provider.pk, "owner": "Gus Quill"}
    send(client, f"{hall.rooms}inventory/changes/new/", **change, **on("due_on", 90))

    audit = send(client, f"{hall.page}audits/new/", year=today.year, auditor="Ruth", **on("due_on", 30))
    page = text_of(client.get(audit))
    missed = f"{hall.body.name} met in 0 of"
    for words in (
        missed,
        "No meeting in:",
        "Barriers raised in",
        "No guidance is in force.",
        "The inventory holds one service in Pine",
        "Drive at night",
    ):
        assert words in page, words
    assert missed in text_of(client.get(f"{audit}workgroup/"))

    draft = text_of(client.get(f"{hall.page}reports/new/"))
    for words in (missed, "Barriers raised in", "by families: A ride to visits: 12", "A count under 11 is not shown.", "Drive at night, Gus Quill"):
        assert words in draft, words
    assert ": 3" not in draft
    sections = {name: f"As drafted, {name}." for name in NAMES}
    report = send(client, f"{hall.page}reports/new/", year=today.year, **sections)
    for step, how in (("approve", "The board"), ("submit", "Letter 9"), ("acknowledge", "Receipt 4")):
        row = Report.objects.get(agreement=hall.row)
        send(client, f"{report}{step}/", version=str(row.row_version), how=how, **day("on"))
    assert "Receipt 4" in text_of(client.get(report))
    assert client.get(f"{report}?edit=1").status_code == 200
    again = client.post(report, {"request_key": "k", "version": "4", **sections, "next": "Changed after it was approved."})
    assert again.status_code != 302
    assert Report.objects.get(agreement=hall.row).sections["next"] == "As drafted, next."
    assert client.get(f"{report}paper/").content.startswith(b"%PDF-")


@pytest.mark.requirement("R-184")
def test_a_draft_tells_what_became_of_a_barrier_and_half_of_the_days_until_the_answer(hall: Hall) -> None:  # noqa: F811
    executed(hall)
    told = {"kind": "CHALLENGE", "words": "There is no bus.", "cause": "TOO_FAR", "county": ""}
    for title in ("No ride to the clinic", "No crib before the birth"):
        send(hall.client, f"{hall.rooms}barriers/new/", title=title, **told)
    today = clock.today()
    facts = {"state": "CLOSED", "answered_on": today, "raised_on": today - timedelta(days=8), "outcome_words": "Cribs come with the first visit"}
    Barrier.objects.filter(title="No crib before the birth").update(**facts)
    draft = text_of(hall.client.get(f"{hall.page}reports/new/"))
    assert "Half of the answers came within 8 days." in draft
    assert "Answered: 1. Open now: 1, late: 0." in draft
