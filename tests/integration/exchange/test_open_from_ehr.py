"""From an open record in the EHR to a prefilled notification; twice is once, and a colleague elsewhere learns nothing."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.ehr import StandIn, a_stand_in
from tests.factories.ehr_family import BABY, MOTHER, link, own, related
from tests.integration.exchange.ehr_world import Ward, a_ward, way
from tests.shared_data import shared_data

from careloom.agencies.roles import Role
from careloom.exchange.smart.gathering import gather
from careloom.exchange.smart.redeeming import Granted
from careloom.exchange.smart.wire import Wire, host_of
from careloom.health.models import Birth
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications.models import Notification
from careloom.people.models import PersonRecord

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]


@pytest.fixture
def ehr() -> Iterator[StandIn]:
    with a_stand_in() as made:
        yield made


@pytest.fixture
def ward(ehr: StandIn, sign_in: SignIn) -> Ward:
    return a_ward(ehr, sign_in)


def counts(ward: Ward) -> tuple[int, int, int]:
    with acting_as(viewer(ward.renee)):
        return PersonRecord.objects.count(), Birth.objects.count(), Notification.objects.count()


@pytest.mark.parametrize("patient", [MOTHER, BABY], ids=["the mother is open", "the baby is open"])
def test_an_open_record_becomes_a_notification_that_is_filled(ward: Ward, patient: str) -> None:
    page = ward.open(patient=patient)
    text = page.content.decode()
    assert page.status_code == 200, text[text.index("<h1>") :][:900]
    assert counts(ward) == (2, 1, 1)
    with acting_as(viewer(ward.renee)):
        row = Notification.objects.get()
        assert row.status == "DRAFT"
        assert "BUPRENORPHINE" in {one["substance"] for one in row.facts["exposures"]}
    assert f"/births/{row.pk}/" in text
    for source in (f"Patient/{MOTHER}", f"Patient/{BABY}", "MedicationRequest/a0000000-0000-4000-8000-000000000108"):
        assert source in text
    assert ward.browser.get(f"/births/{row.pk}/").status_code == 200


def test_opening_it_again_makes_nothing_twice_and_says_so(ward: Ward) -> None:
    ward.open()
    before = counts(ward)
    again = ward.open(patient=BABY)
    assert "There was a notification of this birth already" in again.content.decode()
    assert counts(ward) == before


def test_twins_are_one_notification_of_two_births(ehr: StandIn, sign_in: SignIn) -> None:
    ward = a_ward(ehr, sign_in, babies="twins")
    assert ward.open(patient=BABY).status_code == 200
    assert counts(ward) == (3, 2, 1)


def test_she_may_begin_here_and_choose_there(ward: Ward) -> None:
    page = ward.browser.get("/ehr/").content.decode()
    assert f"/ehr/{ward.row.pk}/" in page
    out = way(ward.browser.get(f"/ehr/{ward.row.pk}/"))
    assert "launch%2Fpatient" in out
    assert "&launch=" not in out
    ward.ehr.patient = MOTHER
    assert ward.browser.get(ward.ehr.authorize(out)).status_code == 200
    assert counts(ward)[2] == 1


def test_who_is_not_signed_in_signs_in_on_the_way(ward: Ward) -> None:
    answer = Client().get("/ehr/launch/", {"iss": ward.ehr.iss, "launch": "opaque-1"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=/ehr/launch/")


def test_the_token_is_in_no_page_no_session_and_no_log(ward: Ward, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page = ward.open()
    assert ward.ehr.token not in page.content.decode() + caplog.text
    assert all(ward.ehr.token not in json.dumps(one.get_decoded()) for one in Session.objects.all())
    assert not any(ward.ehr.token in path for path in ward.ehr.asked)


def test_another_role_and_another_agency_find_no_such_page(ward: Ward, sign_in: SignIn) -> None:
    ward.open()
    program = sign_in(a_worker(Role.CLINICIAN))
    nothing = program.get("/no/such/page/")
    for path in ("/ehr/", "/ehr/back/?state=x&code=y", f"/ehr/{ward.row.pk}/", "/agency/ehrs/"):
        assert program.get(path).status_code == nothing.status_code == 404
    elsewhere = an_agency(kind=AgencyKind.HOSPITAL, name="Mercy Hospital")
    mercy = sign_in(a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=elsewhere))
    asked = len(ward.ehr.asked)
    known = mercy.get("/ehr/launch/", {"iss": ward.ehr.iss, "launch": "a"}).content.decode()
    unknown = mercy.get("/ehr/launch/", {"iss": "https://nobody.example.org/fhir", "launch": "a"}).content.decode()
    assert "is not registered for your agency" in known
    assert "is not registered for your agency" in unknown
    assert len(ward.ehr.asked) == asked
    assert ward.row.name not in mercy.get("/ehr/").content.decode()


def test_a_type_that_the_ehr_keeps_back_is_named(ward: Ward) -> None:
    ward.ehr.refuses = {"Procedure"}
    assert "procedures" in ward.open().content.decode()


def test_real_records_of_others_are_read_page_by_page(ehr: StandIn) -> None:
    path = shared_data("synthea_r4", "Virginia_Mercado_ae79d967-05dd-4ea0-8793-16c538c12ae1.json")
    ehr.resources = own(json.loads(path.read_text()))
    her = next(one for one in ehr.resources if one["resourceType"] == "Patient")
    day = clock.today().isoformat()
    ehr.resources += [{"resourceType": "Patient", "id": "baby-1", "birthDate": day, "gender": "female"}, related("of-baby", "baby-1")]
    link(ehr.resources, her["id"], "of-baby")
    ehr.a_page = 40
    wire = Wire(hosts=frozenset({host_of(ehr.iss)}), practice=True, seconds=120)
    granted = Granted(token=ehr.token, patient_id=her["id"])
    found = gather(wire=wire, iss=ehr.iss, granted=granted, today=clock.today())
    kinds = [entry["resource"]["resourceType"] for entry in json.loads(found.mother.data)["entry"]]
    for kind in ("Condition", "Observation", "Encounter", "Procedure"):
        assert kinds.count(kind) == sum(one["resourceType"] == kind for one in ehr.resources)
    assert [file.name for file in found.infants] == ["Patient/baby-1"]
