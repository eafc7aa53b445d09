"""The administrator's pages on systems: register, what its maker needs, end its access."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.fhir import System, a_jwks, a_system, an_administrator, an_assertion, ask_token

from careloom.agencies.models import Agency
from careloom.agencies.roles import Role
from careloom.fhir.clients.actions import roles_for
from careloom.fhir.models import SystemClient
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
FORM = {"name": "Epic at St. Agnes", "role": "CARE_COORDINATOR", "purpose": "", "types": ["CarePlan", "Goal"]}


@pytest.fixture
def hospital(db: None) -> Agency:
    return an_agency(kind=AgencyKind.HOSPITAL, name="St. Agnes Hospital")


def test_from_the_form_to_the_first_answer(hospital: Agency, sign_in: SignIn) -> None:
    browser = sign_in(an_administrator(hospital))
    assert "/agency/systems/" in browser.get("/me/").content.decode()
    assert "No system reads here" in browser.get("/agency/systems/").content.decode()
    form = FORM | {"jwks": a_jwks(), "request_key": uuid4().hex}
    done = browser.post("/agency/systems/register/", form, follow=True)
    row = SystemClient.objects.get(agency=hospital)
    page = done.content.decode()
    for words in (str(row.pk), "http://testserver/fhir/token", "system/CarePlan.rs system/Goal.rs", "k1", "Care coordinator", "Plans of safe care"):
        assert words in page
    browser.post("/agency/systems/register/", form)
    assert SystemClient.objects.filter(agency=hospital).count() == 1
    token = ask_token(an_assertion(row.pk)).json()
    assert token["scope"] == "system/CarePlan.rs system/Goal.rs"
    system = System(row=row, token=token["access_token"])
    assert system.read("CarePlan")["total"] == 0
    assert row.mark in browser.get("/agency/systems/").content.decode()
    assert browser.get(f"/agency/systems/{row.pk}/revoke/").status_code == 200
    assert system.get("CarePlan").status_code == 200
    ended = browser.post(f"/agency/systems/{row.pk}/revoke/", follow=True)
    assert "Ended" in ended.content.decode()
    assert system.get("CarePlan").status_code == 401
    assert "Its access ended" in browser.get(f"/agency/systems/{row.pk}/").content.decode()


def test_what_is_offered_first_is_what_each_role_may_have(hospital: Agency, sign_in: SignIn) -> None:
    """Who changes nothing but the name and the keys registers a system."""
    browser = sign_in(an_administrator(hospital))
    page = browser.get("/agency/systems/register/").content.decode()
    offered = re.findall(r'name="types"[^>]*value="(\w+)"[^>]*checked', page)
    assert "CarePlan" in offered
    for role in roles_for(hospital.kind):
        form = FORM | {"role": role, "types": offered, "jwks": a_jwks(), "request_key": uuid4().hex}
        assert browser.post("/agency/systems/register/", form).status_code == 302, role


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"jwks": "no keys"}, "This is not a key set"),
        ({"jwks": a_jwks().replace('"kty"', '"d": "x", "kty"')}, "This is a private key"),
        ({"jwks": '{"keys": []}'}, "holds no key"),
        ({"name": ""}, "This field is required"),
        ({"role": "AGENCY_ADMIN"}, "not one of the available choices"),
        ({"types": []}, "This field is required"),
        ({"types": ["Binary"]}, "not one of the available choices"),
        ({"purpose": "patient_access"}, "not one of the available choices"),
    ],
    ids=["no json", "a private key", "no key", "no name", "a role", "no type", "a type", "a purpose"],
)
def test_what_can_not_be_registered_is_said_beside_its_field(hospital: Agency, sign_in: SignIn, change: dict[str, Any], words: str) -> None:
    browser = sign_in(an_administrator(hospital))
    answer = browser.post("/agency/systems/register/", FORM | {"jwks": a_jwks(), "request_key": uuid4().hex} | change)
    assert answer.status_code == 200
    errors = [str(one) for held in answer.context["form"].errors.values() for one in held]
    assert errors
    assert not SystemClient.objects.exists()
    if "required" not in words and "available" not in words:
        assert any(words in one for one in errors)


def test_another_agency_s_system_is_not_there(hospital: Agency, sign_in: SignIn) -> None:
    system = a_system(hospital)
    elsewhere = sign_in(an_administrator(an_agency()))
    for path in (f"/agency/systems/{system.row.pk}/", f"/agency/systems/{system.row.pk}/revoke/"):
        assert elsewhere.get(path).status_code == elsewhere.post(path).status_code == 404 or elsewhere.post(path).status_code == 405
    assert system.get("Patient").status_code == 200
    colleague = sign_in(a_worker(Role.SUPERVISOR, agency=hospital))
    assert colleague.get("/agency/systems/").status_code == 404


def test_the_log_tells_a_system_from_a_worker(hospital: Agency, sign_in: SignIn) -> None:
    system = a_system(hospital)
    system.get(f"Patient/{uuid4()}")
    officer = sign_in(a_worker(Role.PRIVACY_OFFICER, agency=hospital))
    assert "A system that reads by FHIR" in officer.get("/agency/looks/").content.decode()


def test_a_system_that_only_tells_of_births_needs_to_read_nothing(hospital: Agency, sign_in: SignIn) -> None:
    browser = sign_in(an_administrator(hospital))
    assert "It may also tell of births" in browser.get("/agency/systems/register/").content.decode()
    form = {"name": "Ward", "role": "HOSPITAL_SOCIAL_WORKER", "purpose": "", "births": "on", "jwks": a_jwks(), "request_key": uuid4().hex}
    page = browser.post("/agency/systems/register/", form, follow=True).content.decode()
    assert "$process-message" in page
    assert SystemClient.objects.get(agency=hospital).scopes == ["system/Bundle.c"]
    nothing = browser.post("/agency/systems/register/", {**form, "births": "", "request_key": uuid4().hex})
    assert "Choose what it may read, answer and tell" in nothing.content.decode()
    clinician = browser.post("/agency/systems/register/", {**form, "role": "CLINICIAN", "request_key": uuid4().hex})
    assert clinician.status_code == 200
    assert SystemClient.objects.filter(agency=hospital).count() == 1, "a clinician brings no records in, so a system in that role does not either"


def test_what_a_system_asks_of_services_comes_back_to_it(sign_in: SignIn) -> None:
    hub = an_agency(kind=AgencyKind.COORDINATION_HUB)
    browser = sign_in(an_administrator(hub))
    assert "It may also tell of births" not in browser.get("/agency/systems/register/").content.decode()
    form = {"name": "Platform", "role": "CARE_COORDINATOR", "purpose": "", "asks": "on", "jwks": a_jwks(), "request_key": uuid4().hex}
    assert "It may also ask services" in browser.post("/agency/systems/register/", form, follow=True).content.decode()
    assert set(SystemClient.objects.get(agency=hub).scopes) == {"system/ServiceRequest.rs", "system/ServiceRequest.c"}
