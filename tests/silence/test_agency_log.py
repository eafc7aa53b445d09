"""The log that an agency's privacy officer keeps tells who read its records as people outside know them, never that it was a treatment program.

Source: 42 CFR 2.13(c); 45 CFR 164.308(a)(1)(ii)(D); DESIGN section 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer

from careloom.agencies.looks import names_of
from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.accounting import account
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.models import PersonRecord

pytestmark = pytest.mark.django_db
INSIDE, OUTSIDE, NURSE = "Cedar Trail Recovery", "Pine County Family Care", "Nell Counselor"


def a_look_from_a_program() -> tuple[Membership, Membership]:
    """The hospital's privacy officer, and the worker of a program who read a record of the hospital."""
    officer = a_worker(Role.PRIVACY_OFFICER, name="Hanna Keeper")
    program = an_agency(kind=AgencyKind.PART2_PROGRAM, name=INSIDE, outward_name=OUTSIDE, is_part2_program=True)
    nurse = a_worker(Role.CLINICIAN, agency=program, name=NURSE)
    by = viewer(nurse)
    with acting_as(by):
        row = PersonRecord(holder_id=officer.agency_id, identity_id=officer.pk, category="hipaa.ob_record", provenance="originating")
        account(viewer=by, place="desk:family", rows=[row], at=clock.now())
    return officer, nurse


def browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user)
    return client


def test_another_agency_stands_in_the_log_by_its_outward_name(db: None) -> None:
    officer, nurse = a_look_from_a_program()
    page = browser(officer).get("/agency/looks/", {"who": "others"}).content.decode()
    assert OUTSIDE in page
    assert INSIDE not in page
    assert NURSE not in page
    own = browser(a_worker(Role.PRIVACY_OFFICER, agency=nurse.agency)).get("/agency/looks/").content.decode()
    assert NURSE in own


def test_the_auditor_s_file_names_own_people_and_others_by_their_outward_name(db: None) -> None:
    officer, nurse = a_look_from_a_program()
    people, agencies = {officer.worker_id, nurse.worker_id}, {officer.agency_id, nurse.agency_id}
    theirs = {name for _, _, name in names_of(people, agencies, own_id=officer.agency_id)}
    assert theirs == {"Hanna Keeper", officer.agency.name, OUTSIDE}
    assert {name for _, _, name in names_of(people, agencies, own_id=nurse.agency_id)} == {NURSE, INSIDE, officer.agency.name}


def test_the_file_is_made_with_these_names(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, nurse = a_look_from_a_program()
    asked: list[str] = []

    def write(*, names: Any, **_: Any) -> Iterator[bytes]:
        asked.extend(name for _, _, name in names({officer.worker_id, nurse.worker_id}, {officer.agency_id, nurse.agency_id}))
        yield b"file"

    monkeypatch.setattr("careloom.agencies.views.looks.filing.write", write)
    monkeypatch.setattr("careloom.agencies.views.looks.seal", lambda **_: None)
    today = clock.today()
    period = {"since": (today - timedelta(days=3)).isoformat(), "until": (today - timedelta(days=2)).isoformat()}
    answer: Any = browser(officer).post("/agency/looks/file/", period)
    assert b"".join(answer.streaming_content) == b"file"
    assert sorted(asked) == sorted(["Hanna Keeper", officer.agency.name, OUTSIDE])
