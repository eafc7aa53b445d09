"""Other kinds of agreement through their screens: memorandum, protocols, data-sharing; comments, and who joins."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.requirements.agreeing import WHOLE_PARTY, Hall, executed, fill, hall, on, seat_all  # noqa: F401  (a fixture)
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.test_structure_rows import a_partner, begun, browser, day, ruth, send  # noqa: F401  (fixtures)

from careloom.agencies.roles import Role
from careloom.agreements.models import Element
from careloom.consents.models import DataClause
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.partnership.models import Body

pytestmark = pytest.mark.django_db


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
    paper = hall.client.get(f"{hall.rooms}agreements/communication-plan/")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.requirement("R-051")
def test_a_new_partner_opens_a_look_at_the_definitions_and_at_each_agreement(hall: Hall) -> None:  # noqa: F811
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
