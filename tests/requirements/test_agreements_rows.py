"""Agreements through their screens: one new coordinator goes from an empty county to the annual report, and is stopped at each thing missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.test_structure_rows import a_body, a_partner, a_seat, begun, browser, day, ruth, send  # noqa: F401  (fixtures)

from careloom.agencies.roles import Role
from careloom.agreements.models import Agreement, Audit, Element, Line, Notice, Party, Report, Signature
from careloom.consents.models import DataClause
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.partnership.models import Body, Partner

pytestmark = pytest.mark.django_db

TEXTS = (
    "purpose", "communication", "problems", "inventory_plan", "inventory_results", "needs_plan", "needs_results", "gaps", "methodology",
    "position_outline", "position_definitions", "position_provider", "audit", "update", "notice",
)  # fmt: skip


def on(name: str, days: int) -> dict[str, str]:
    """A day so many days from today in the three parts of a date."""
    then = clock.today() + timedelta(days=days)
    return {f"{name}_0": str(then.month), f"{name}_1": str(then.day), f"{name}_2": str(then.year), name: then.isoformat()}


@dataclass(kw_only=True)
class Hall:
    """A collaborative with a Managing Entity, a lead agency and a provider, and the address of its working agreement."""

    client: Client
    rooms: str
    me: Partner
    cbc: Partner
    provider: Partner
    body: Body
    page: str = ""

    @property
    def row(self) -> Agreement:
        return Agreement.objects.get(pk=self.page.rstrip("/").rsplit("/", 1)[-1])

    def clause(self, code: str, **facts: object) -> None:
        send(self.client, f"{self.page}clauses/{code}/", **facts)

    def party(self, partner: Partner, role: str, **facts: object) -> Party:
        send(self.client, f"{self.page}parties/new/", partner_id=partner.pk, role=role, **facts)
        return Party.objects.get(agreement=self.row, partner=partner)

    def move(self, to: str) -> str:
        self.client.post(f"{self.page}move/", {"to": to, "version": self.row.row_version})
        return self.row.state

    def sign(self, party: Party) -> None:
        send(self.client, f"{self.page}parties/{party.pk}/sign/", name="Ada Reed", title="Director", **day("signed_on"))


WHOLE_PARTY = {"contact_name": "Ada Reed", "contact_reach": "555-0100", "signer_name": "Ada Reed", "contract": "ZZ-17", "manager": "Cy Moss"}


@pytest.fixture
def hall(browser: Client) -> Hall:  # noqa: F811
    rooms = begun(browser)
    kinds = (("Entity", "MENTAL_HEALTH"), ("Lead", "CHILD_WELFARE"), ("House", "SUBSTANCE_USE"))
    me, cbc, provider = (a_partner(browser, rooms, f"{name} {uuid4()}", sector) for name, sector in kinds)
    body = a_body(browser, rooms, f"Workgroup {uuid4()}", "WORK_GROUP")
    hall = Hall(client=browser, rooms=rooms, me=me, cbc=cbc, provider=provider, body=body)
    assert "Begin a working agreement" in text_of(browser.get(f"{rooms}agreements/next/"))
    hall.page = send(
        browser, f"{rooms}agreements/new/", kind="WORKING", title="Working agreement", places="Pine", because="Both serve the same families."
    )
    return hall


def seat_all(hall: Hall) -> None:
    for partner in (hall.me, hall.cbc, hall.provider):
        a_seat(hall.client, hall.rooms, hall.body, f"Member {uuid4()}", partner)


def fill(hall: Hall) -> tuple[Party, Party]:
    """Everything that the checklist of a working agreement demands."""
    me, cbc = hall.party(hall.me, "ME", **WHOLE_PARTY), hall.party(hall.cbc, "CBC", **WHOLE_PARTY)
    for code in TEXTS:
        hall.clause(code, text=f"What we say of {code}.")
    seat_all(hall)
    hall.clause("workgroup", codes=[hall.body.pk], text="Barriers of the families whom both serve.")
    hall.clause("workgroup_way", codes=["MONTHLY", "ROTATES", "REMOTE"])
    hall.clause("position_label", codes=["SAP"])
    hall.clause("position_owner", codes=[hall.me.pk])
    hall.clause("position_planners", codes=[hall.cbc.pk], text="With the regional staff.")
    hall.clause("position_population", codes=["CHILD_WELFARE", "UNSAFE_CHILD"])
    hall.clause("position_skills", codes=["MOTIVATION", "FAMILY"])
    send(hall.client, f"{hall.page}tables/STAFF/new/", cell_0="Bo Lane", cell_1="Northwest region", cell_2="Read the draft", cell_3="In March")
    terms = {**on("starts_on", 0), **on("review_on", 365), **on("report_due_on", 300), "frequency": "YEARLY"}
    send(hall.client, f"{hall.page}edit/", version=str(hall.row.row_version), kind="WORKING", title="Working agreement", places="Pine", **terms)
    return me, cbc


def executed(hall: Hall) -> Hall:
    parties = fill(hall)
    for state in ("DRAFT", "PARTNER_REVIEW", "LEGAL", "APPROVED", "SIGNING"):
        assert hall.move(state) == state, text_of(hall.client.get(hall.page))
    for party in parties:
        hall.sign(party)
    assert hall.row.state == "EXECUTED"
    return hall


@pytest.mark.requirement("R-178", "R-179", "R-180", "R-182", "R-187")
def test_a_working_agreement_is_not_signed_while_something_is_missing_and_each_thing_leads_to_its_place(hall: Hall) -> None:
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
def test_the_workgroup_has_every_party_and_a_service_provider(hall: Hall) -> None:
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
def test_it_is_in_force_with_the_last_signature_and_goes_to_each_contract_manager(hall: Hall) -> None:
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
def test_a_yearly_look_amends_it_and_the_department_is_told_of_the_change(hall: Hall) -> None:
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
    terms = {**on("starts_on", 0), **on("review_on", 365), **on("report_due_on", 300), "frequency": "YEARLY"}
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
def test_the_self_audit_has_evidence_findings_and_actions_and_the_report_is_drafted_from_them(hall: Hall) -> None:
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
def test_the_position_is_owned_named_and_has_its_families_skills_sites_and_definitions(hall: Hall) -> None:
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


@pytest.mark.requirement("R-104")
def test_a_memorandum_has_a_table_of_roles_and_a_log_of_what_changed(hall: Hall) -> None:
    page = send(hall.client, f"{hall.rooms}agreements/new/", kind="MOU", title="Memorandum", places="")
    assert "Who does what" in text_of(hall.client.get(page))
    for step in ("Writes the plan", "Follows the plan"):
        send(hall.client, f"{page}tables/ROLE/new/", cell_0=step, cell_1="Hospital", cell_2="Program", cell_3="Her doctor")
    send(hall.client, f"{page}tables/CHANGE/new/", cell_0="Plans begin before birth", cell_1="June", cell_2="Guidance 4")
    shown = text_of(hall.client.get(page))
    assert "Follows the plan" in shown
    assert "Plans begin before birth" in shown
    nobody = hall.client.post(f"{page}tables/ROLE/new/", {"request_key": "k", "version": "0", "cell_0": ""})
    assert nobody.status_code == 422


@pytest.mark.requirement("R-101", "R-105")
def test_a_communication_protocol_says_who_tells_whom_and_the_plan_is_made_from_what_governs(hall: Hall) -> None:
    page = send(hall.client, f"{hall.rooms}agreements/new/", kind="COMMUNICATION", title="Protocol", places="")
    for code in ("governance", "reporting", "after_hours", "disputes"):
        send(hall.client, f"{page}clauses/{code}/", text="As agreed.")
    cells = {"cell_0": "A birth", "cell_1": "Hospital", "cell_2": "Liaison", "cell_3": "On the day", "cell_4": "By phone", "cell_5": "1 hour"}
    send(hall.client, f"{page}tables/FLOW/new/", **cells)
    shown = text_of(hall.client.get(page))
    assert "Answer within" in shown
    assert "1 hour" in shown
    paper = hall.client.get(f"{hall.rooms}agreements/communication-plan/")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.requirement("R-051")
def test_a_new_partner_opens_a_look_at_the_definitions_and_at_each_agreement(hall: Hall) -> None:
    executed(hall)
    words = {"mission": "Families stay together.", "vision": "Every plan is read.", "principles": "With her.", "equity": "The same access."}
    send(hall.client, f"{hall.rooms}vision/", **words, **day("adopted_on"), **on("review_on", 300))
    assert "what you call progress and success" not in text_of(hall.client.get(f"{hall.rooms}agreements/"))
    joined = a_partner(hall.client, hall.rooms, f"Tribe {uuid4()}", "TRIBES")
    page = text_of(hall.client.get(f"{hall.rooms}agreements/"))
    assert "Look again at what you call progress and success." in page
    assert "A partner joined. Does it still fit?" in page
    assert joined.name in page
    send(hall.client, f"{hall.rooms}agreements/success/", success="A family is together after a year.", changed="The Tribe counts kin.")
    facts = {"because": "JOINED", "needed": "1", "outcome": "NO_CHANGE", "changed": "They join the memorandum.", **on("next_on", 365)}
    send(hall.client, f"{hall.page}review/", **facts)
    page = text_of(hall.client.get(f"{hall.rooms}agreements/"))
    assert "A partner joined" not in page


def test_a_comment_is_answered_before_counsel_reads(hall: Hall, sign_in: SignIn) -> None:
    fill(hall)
    hall.move("DRAFT")
    hall.move("PARTNER_REVIEW")
    send(hall.client, f"{hall.page}clauses/purpose/comment/", words="Name the Tribe.")
    assert hall.move("LEGAL") == "PARTNER_REVIEW"
    link = re.search(rf'href="({hall.page}comments/[^"]+)"', text_of(hall.client.get(hall.page)))
    assert link is not None
    send(hall.client, link[1], version="1", words="Named.")
    assert hall.move("LEGAL") == "LEGAL"


def test_an_element_schedule_goes_in_force_with_the_keepers_signature_and_stops_with_the_end(browser: Client, sign_in: SignIn) -> None:  # noqa: F811
    rooms = begun(browser)
    program, plan = an_agency(kind=AgencyKind.PART2_PROGRAM, name=f"Program {uuid4()}"), an_agency(name=f"Hospital {uuid4()}")
    keeper = sign_in(a_worker(Role.PRIVACY_OFFICER, agency=program))
    gives, gets = (a_partner(browser, rooms, one.name, "SUBSTANCE_USE", agency_id=one.pk) for one in (program, plan))
    page = send(browser, f"{rooms}agreements/new/", kind="DATA_SHARING", title="Schedule", places="", **on("starts_on", 0), **on("review_on", 365))
    hall = Hall(client=browser, rooms=rooms, me=gives, cbc=gets, provider=gives, body=Body(), page=page)
    parties = [hall.party(one, "MEMBER", **WHOLE_PARTY) for one in (gives, gets)]
    for code in (
        "purpose",
        "authority",
        "method",
        "consent",
        "access",
        "onward",
        "security",
        "retention",
        "breach",
        "publication",
        "tribes",
        "disputes",
    ):
        hall.clause(code, text="As agreed.")
    hall.clause("limits", codes=["IMMIGRATION", "PROSECUTION", "EMPLOYMENT", "BENEFITS"])
    element = {"categories": ["posc.plan_core"], "purposes": ["care_coordination"]}
    send(browser, f"{page}elements/new/", discloser_id=gives.pk, recipient_id=gets.pk, **element)
    for state in ("DRAFT", "PARTNER_REVIEW", "LEGAL", "APPROVED", "SIGNING"):
        assert hall.move(state) == state
    refused = browser.post(f"{page}parties/{parties[0].pk}/sign/", {"request_key": "k", "version": "0", "name": "Ruth", **day("signed_on")})
    assert "signed for in Careloom by its own keeper of papers" in refused.content.decode()
    hall.sign(parties[1])
    job = system(System.JOB, holder_id=program.pk)
    with acting_as(job):
        assert not DataClause.objects.filter(discloser_id=program.pk).exists()
    send(keeper, f"{page}parties/{parties[0].pk}/sign/", name="Dana", title="Director", **day("signed_on"))
    assert hall.row.state == "EXECUTED"
    with acting_as(job):
        clause = DataClause.objects.get(discloser_id=program.pk)
    assert (clause.recipient_id, clause.categories, clause.ended_at, clause.agreement_id) == (plan.pk, ["posc.plan_core"], None, hall.row.pk)
    assert Element.objects.get(agreement=hall.row).clause_id == clause.pk
    send(browser, f"{page}end/", words="The program stopped.")
    with acting_as(job):
        clause.refresh_from_db()
    assert clause.ended_because == "ENDED_EARLY"
    assert hall.row.state == "TERMINATED"
