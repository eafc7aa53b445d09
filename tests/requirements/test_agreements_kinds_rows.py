"""Other kinds of agreement through their screens: memorandum, protocols, data-sharing; comments, and who joins."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader
from tests.factories.agencies import a_worker, an_agency
from tests.requirements.agreeing import WHOLE_PARTY, Hall, executed, fill, hall, on, seat_all  # noqa: F401  (a fixture)
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.test_structure_rows import a_body, a_partner, a_seat, begun, browser, day, ruth, send  # noqa: F401  (fixtures)

from careloom.agencies.roles import Role
from careloom.agreements.models import Agreement, Element
from careloom.consents.models import DataClause
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.partnership.models import Body

pytestmark = pytest.mark.django_db


def paper_of(answer: Any) -> str:
    """The words of a paper."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


@pytest.mark.requirement("R-104")
def test_a_memorandum_has_a_table_of_roles_and_a_log_of_what_changed(hall: Hall) -> None:  # noqa: F811
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
def test_a_communication_protocol_says_who_tells_whom_and_the_plan_is_made_from_what_governs(hall: Hall) -> None:  # noqa: F811
    page = send(hall.client, f"{hall.rooms}agreements/new/", kind="COMMUNICATION", title="Protocol", places="")
    for code in ("governance", "reporting", "after_hours", "disputes"):
        send(hall.client, f"{page}clauses/{code}/", text="As agreed.")
    cells = {"cell_0": "A birth", "cell_1": "Hospital", "cell_2": "Liaison", "cell_3": "On the day", "cell_4": "By phone", "cell_5": "1 hour"}
    send(hall.client, f"{page}tables/FLOW/new/", **cells)
    shown = text_of(hall.client.get(page))
    assert "Answer within" in shown
    assert "1 hour" in shown
    ruled = {"processes": "Monthly.", "roles": "The hub writes.", "rule": "CONSENSUS", "disputes": "First the two, then the chair."}
    send(hall.client, f"{hall.rooms}bodies/{hall.body.pk}/charter/", **ruled, **day("adopted_on"))
    line = {"line_to": "The director", "line_how": "by e-mail", "line_days": "3"}
    a_seat(hall.client, hall.rooms, hall.body, f"Ada {uuid4()}", hall.me, **line)
    hall.page = page
    hall.party(hall.cbc, "MEMBER", **(WHOLE_PARTY | {"contact_name": "Wes Tolliver", "contact_reach": "555-0177"}))
    others = [{"title": f"Agreement {n}", "state": "SIGNING", "request_key": uuid4().hex} for n in range(30)]
    kept = {"collaborative_id": hall.body.collaborative_id, "made_at": clock.now(), "kind": "COMMUNICATION", "checklist": "2026-1"}
    Agreement.objects.bulk_create(Agreement(**kept, **one) for one in others)
    words = paper_of(hall.client.get(f"{hall.rooms}agreements/communication-plan/"))
    # Single words: a longer text is broken where its column ends, and a reader of the file gets the columns in turn.
    for said in ("Workgroup", "Consensus", "chair.", "director", "Lead", "Tolliver", "555-0177", "birth", "phone", "hour"):
        assert said in words, said
    assert "discharge" not in words
    send(hall.client, f"{page}tables/FLOW/new/", **(cells | {"cell_0": "A discharge"}))
    assert "discharge" in paper_of(hall.client.get(f"{hall.rooms}agreements/communication-plan/")), "it follows what is kept, and nobody types it"


def test_what_comes_next_and_what_waits_are_whole_where_there_are_many_agreements(hall: Hall) -> None:  # noqa: F811
    kept = {"collaborative_id": hall.body.collaborative_id, "made_at": clock.now(), "kind": "COMMUNICATION", "checklist": "2026-1"}
    rows = [{"title": f"Agreement {n:02}", "state": "SIGNING", "request_key": uuid4().hex} for n in range(30)]
    Agreement.objects.bulk_create(Agreement(**kept, **one) for one in rows)
    assert hall.page in text_of(hall.client.get(f"{hall.rooms}agreements/next/")), "the working agreement is found behind the first page of the list"
    listed = text_of(hall.client.get(f"{hall.rooms}agreements/"))
    second = text_of(hall.client.get(f"{hall.rooms}agreements/?waits=2"))
    named = [f"Agreement {n:02}" for n in range(30)]
    waits = [page[page.index('id="waits"') :] for page in (listed, second)]
    assert all(any(name in page for page in [*waits, text_of(hall.client.get(f"{hall.rooms}agreements/?waits=3"))]) for name in named)
    assert not any(name in waits[0] and name in waits[1] for name in named)


@pytest.mark.requirement("R-051")
def test_a_new_partner_opens_a_look_at_the_definitions_and_at_each_agreement(hall: Hall, sign_in: SignIn) -> None:  # noqa: F811
    executed(hall)
    agency = an_agency(name=f"Clinic {uuid4()}")
    chair = a_worker(Role.CARE_COORDINATOR, agency=agency)
    clinic, core = a_partner(hall.client, hall.rooms, agency.name, "HOSPITALS", agency_id=agency.pk), a_body(hall.client, hall.rooms, "Core", "CORE")
    seat = {"name": "Cy Moss", "partner_id": clinic.pk, "office": "CHAIR", "worker_id": chair.worker_id, **day("starts_on")}
    send(hall.client, f"{hall.rooms}bodies/{core.pk}/seats/new/", **seat)
    words = {"mission": "Families stay together.", "vision": "Every plan is read.", "principles": "With her.", "equity": "The same access."}
    send(hall.client, f"{hall.rooms}vision/", **words, **day("adopted_on"), **on("review_on", 300))
    assert "what you call progress and success" not in text_of(hall.client.get(f"{hall.rooms}agreements/"))
    joined = a_partner(hall.client, hall.rooms, f"Tribe {uuid4()}", "TRIBES")
    page = text_of(hall.client.get(f"{hall.rooms}agreements/"))
    assert "Look again at what you call progress and success." in page
    assert "A partner joined. Does it still fit?" in page
    task = "Look again at what you call progress and success."
    assert task in text_of(sign_in(chair).get("/today/")), "it reaches who leads the core team on her own page"
    assert joined.name in page
    send(hall.client, f"{hall.rooms}agreements/success/", success="A family is together after a year.", changed="The Tribe counts kin.")
    facts = {"because": "JOINED", "needed": "1", "outcome": "NO_CHANGE", "changed": "They join the memorandum.", **on("next_on", 365)}
    send(hall.client, f"{hall.page}review/", **facts)
    page = text_of(hall.client.get(f"{hall.rooms}agreements/"))
    assert "A partner joined" not in page
    assert task not in text_of(sign_in(chair).get("/today/"))


def test_a_comment_is_answered_before_counsel_reads(hall: Hall, sign_in: SignIn) -> None:  # noqa: F811
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
    hall = Hall(client=browser, rooms=rooms, me=gives, cbc=gets, provider=gives, body=Body(), page=page)  # noqa: F811
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
    version = str(hall.row.row_version)
    refused = browser.post(f"{page}parties/{parties[0].pk}/sign/", {"request_key": "k", "version": version, "name": "Ruth", **day("signed_on")})
    assert "signed for in Careloom by its own keeper of papers" in refused.content.decode()
    hall.sign(parties[1])
    job = system(System.JOB, holder_id=program.pk)
    with acting_as(job):
        assert not DataClause.objects.filter(discloser_id=program.pk).exists()
    send(keeper, f"{page}parties/{parties[0].pk}/sign/", name="Dana", title="Director", version=version, **day("signed_on"))
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
