"""Agreements through their screens: one new coordinator goes from an empty county to the annual report, and is stopped at each thing missing."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.requirements.agreeing import WHOLE_PARTY, Hall, executed, fill, hall, on, seat_all  # noqa: F401  (a fixture)
from tests.requirements.conftest import text_of
from tests.requirements.test_structure_rows import a_partner, begun, browser, day, ruth, send  # noqa: F401  (fixtures)

from careloom.agreements.models import Agreement, Audit, Line, Notice, Party, Report, Signature
from careloom.infra import clock

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R-178", "R-179", "R-180", "R-182", "R-187")
def test_a_working_agreement_is_not_signed_while_something_is_missing_and_each_thing_leads_to_its_place(hall: Hall) -> None:  # noqa: F811
    page = text_of(hall.client.get(hall.page))
    assert "things are missing" in page
    for words in (
        "Parties",
        "Department regional staff who took part",
        "How problems are resolved",
        "Outline of the integration position",
        "Gaps that were found",
    ):
        assert words in page
    for link in re.findall(rf'href="({hall.page}(?:clauses|parties|tables|edit)[^"]*)"', page):
        assert hall.client.get(link).status_code == 200, link
    me, _cbc = fill(hall)
    assert "Bo Lane" in text_of(hall.client.get(hall.page))
    send(
        hall.client, f"{hall.page}parties/{me.pk}/", version="1", partner_id=hall.me.pk, role="ME", **(WHOLE_PARTY | {"contact_name": ""})
    )  # fmt: skip
    page = text_of(hall.client.get(hall.page))
    assert f"No contact person is nominated at: {hall.me.name}" in page
    hall.move("DRAFT")
    hall.move("PARTNER_REVIEW")
    assert hall.move("LEGAL") == "PARTNER_REVIEW"
    refused = hall.client.post(f"{hall.page}move/", {"to": "LEGAL", "version": hall.row.row_version}, follow=True)
    assert "Something that this kind of agreement must hold is missing" in text_of(refused)
    send(hall.client, f"{hall.page}parties/{me.pk}/", version="2", partner_id=hall.me.pk, role="ME", **WHOLE_PARTY)
    assert "It cannot be signed before all of this is there." not in text_of(hall.client.get(hall.page))
    assert hall.move("LEGAL") == "LEGAL"


@pytest.mark.requirement("R-181")
def test_the_workgroup_has_every_party_and_a_service_provider(hall: Hall) -> None:  # noqa: F811
    hall.party(hall.me, "ME", **WHOLE_PARTY)
    hall.party(hall.cbc, "CBC", **WHOLE_PARTY)
    hall.clause("workgroup", codes=[hall.body.pk])
    page = text_of(hall.client.get(hall.page))
    assert f"The workgroup has no member of: {hall.me.name}" in page
    assert "The workgroup has no member of a service provider." in page
    assert f"{hall.rooms}bodies/{hall.body.pk}/seats/new/" in page
    seat_all(hall)
    assert "The workgroup has no member of" not in text_of(hall.client.get(hall.page))


@pytest.mark.requirement("R-185", "R-228")
def test_it_is_in_force_with_the_last_signature_and_goes_to_each_contract_manager(hall: Hall) -> None:  # noqa: F811
    parties = fill(hall)
    for state in ("DRAFT", "PARTNER_REVIEW", "LEGAL", "APPROVED", "SIGNING"):
        assert hall.move(state) == state
    hall.sign(parties[0])
    page = text_of(hall.client.get(hall.page))
    assert (hall.row.state, "Signature is missing" in page) == ("SIGNING", True)
    hall.sign(parties[1])
    assert (hall.row.state, hall.row.number) == ("EXECUTED", 1)
    page = text_of(hall.client.get(hall.page))
    assert "ZZ-17, Cy Moss" in page
    assert "Once a year" in page
    assert "Not sent yet" in page
    for row in Signature.objects.filter(agreement=hall.row):
        send(
            hall.client, f"{hall.page}filing/{row.pk}/", version=str(row.row_version), filed_how="E-mail", receipt="No. 12",
            **day("filed_on"), **day("receipt_on"),
        )  # fmt: skip
    assert "No. 12" in text_of(hall.client.get(hall.page))
    assert "Final copy to a contract manager" not in text_of(hall.client.get(f"{hall.rooms}agreements/"))


@pytest.mark.requirement("R-186", "R-205")
def test_a_yearly_look_amends_it_and_the_department_is_told_of_the_change(hall: Hall) -> None:  # noqa: F811
    executed(hall)
    Agreement.objects.update(review_on=clock.today() - timedelta(days=1))
    assert "Look at it again" in text_of(hall.client.get(f"{hall.rooms}agreements/"))
    facts = {"because": "YEARLY", "needed": "1", "outcome": "AMEND", **on("next_on", 365)}
    unsaid = hall.client.post(f"{hall.page}review/", {"request_key": "k", "version": "0", "changed": "", **facts})
    assert unsaid.status_code == 422
    send(hall.client, f"{hall.page}review/", changed="More families come from Harbor.", **facts)
    assert hall.row.state == "AMENDMENT"
    assert "More families come from Harbor." in text_of(hall.client.get(hall.page))
    hall.clause("purpose", version="1", text="What we say of both purpose.")
    now = text_of(hall.client.get(f"{hall.page}versions/now/"))
    assert re.search(r"<ins>.*?both", now)
    row = hall.row
    terms = {**on("starts_on", 0), **on("ends_on", 730), **on("review_on", 365), **on("report_due_on", 300), "frequency": "YEARLY"}
    send(hall.client, f"{hall.page}edit/", version=str(row.row_version), kind="WORKING", title="Working agreement", places="Pine, Harbor", **terms)
    for state in ("PARTNER_REVIEW", "LEGAL", "APPROVED", "SIGNING"):
        assert hall.move(state) == state
    for party in Party.objects.filter(agreement=row):
        hall.sign(party)
    assert hall.row.number == 2
    notice = Notice.objects.get(agreement=row)
    assert "To tell by" in text_of(hall.client.get(hall.page))
    assert notice.due_on > clock.today() + timedelta(days=9)
    sent = {"what": notice.what, "sent_to": "Contract office", "sent_how": "Letter 3", **day("changed_on"), **day("sent_on")}
    send(hall.client, f"{hall.page}notices/{notice.pk}/", version="1", **sent)
    assert "Told" in text_of(hall.client.get(hall.page))


@pytest.mark.requirement("R-183", "R-184")
def test_the_self_audit_has_evidence_findings_and_actions_and_the_report_is_drafted_from_them(hall: Hall) -> None:  # noqa: F811
    executed(hall)
    page = send(hall.client, f"{hall.page}audits/new/", year=clock.today().year, auditor="Ruth", **on("due_on", 30))
    questions = sorted(set(re.findall(rf'href="({page}[a-z_]+/)"', text_of(hall.client.get(page)))))
    assert len(questions) == 13
    for url in questions:
        bare = hall.client.post(url, {"request_key": uuid4().hex, "version": "0", "says": "NO", "evidence": "Minutes"})
        assert bare.status_code == 422
        send(hall.client, url, says="YES", evidence="Minutes of each month")
    found = {
        "says": "NO",
        "evidence": "Minutes of eleven months",
        "finding": "One month was missed.",
        "action": "Two leads share it",
        "owner": "Ruth",
    }
    send(hall.client, f"{page}workgroup/", version="1", **found, **on("due_on", 20))
    assert "One month was missed." in text_of(hall.client.get(page))
    hall.client.post(page)
    assert Audit.objects.get(agreement=hall.row).closed_on is None
    assert "Two leads share it" in text_of(hall.client.get(f"{hall.rooms}agreements/"))
    send(hall.client, f"{page}workgroup/", version="2", **found, **on("due_on", 20), **day("done_on"))
    hall.client.post(page)
    assert Audit.objects.get(agreement=hall.row).closed_on == clock.today()
    draft = text_of(hall.client.get(f"{hall.page}reports/new/"))
    assert "One month was missed." in draft
    assert hall.body.name in draft
    sections = ("operation", "workgroup", "barriers", "inventory", "position", "clients", "audit", "changes")
    told = dict.fromkeys(sections, "As drafted.")
    report = send(hall.client, f"{hall.page}reports/new/", year=clock.today().year, **told)
    refused = hall.client.post(f"{report}approve/", {"version": "1", "request_key": "k", "how": "The board", **day("on")})
    assert "A section is empty." in refused.content.decode()
    send(hall.client, report, version="1", next="More.", **told)
    for step, how in (("approve", "The board"), ("submit", "Letter 9"), ("acknowledge", "Receipt 4")):
        row = Report.objects.get(agreement=hall.row)
        send(hall.client, f"{report}{step}/", version=str(row.row_version), how=how, **day("on"))
    page = text_of(hall.client.get(report))
    assert "Receipt 4" in page
    paper = hall.client.get(f"{report}paper/")
    assert paper.content.startswith(b"%PDF-")
    assert b"/MarkInfo" in paper.content or b"StructTreeRoot" in paper.content
    steps = text_of(hall.client.get(f"{hall.rooms}agreements/next/"))
    assert "Annual report to the Department" in steps


@pytest.mark.requirement("R-193", "R-219", "R-195", "R-196", "R-200", "R-203")
def test_the_position_is_owned_named_and_has_its_families_skills_sites_and_definitions(hall: Hall) -> None:  # noqa: F811
    fill(hall)
    hall.clause("position_owner", version="1", codes=[hall.cbc.pk])
    assert "This has to be the party that is: Managing Entity" in text_of(hall.client.get(hall.page))
    hall.clause("position_owner", version="2", codes=[hall.me.pk])
    send(
        hall.client, f"{hall.page}tables/HOLDER/new/", cell_0="Gus Quill", cell_1="House", cell_2="March 2026", cell_3="Substance Abuse Professional"
    )
    send(hall.client, f"{hall.page}tables/SITE/new/", cell_0="Pine office", cell_1="Mondays", cell_2="Child protection")
    page = text_of(hall.client.get(f"{hall.page}position/"))
    for words in (
        hall.me.name,
        hall.cbc.name,
        "Gus Quill",
        "Substance Abuse Professional",
        "Pine office",
        "Trained in motivational work",
        "What we say of position_definitions.",
    ):
        assert words in page
    assert "Episodes are counted by definition" in page
    asked = text_of(hall.client.get(f"{hall.page}position/?asked=1&known=CHILD_WELFARE"))
    assert "Not met: A child was found unsafe." in asked
    assert "Every condition of the agreement is met." in text_of(
        hall.client.get(f"{hall.page}position/?asked=1&known=CHILD_WELFARE&known=UNSAFE_CHILD")
    )
    assert Line.objects.filter(agreement=hall.row, table="SITE").count() == 1
