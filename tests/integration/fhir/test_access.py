"""Who may ask by FHIR: registered systems with a signed request, a short token, scopes, and an end at once when it is taken back."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.fhir import a_jwks, a_private_key, a_system, an_administrator, an_assertion, ask_token
from tests.factories.plans import a_key

from careloom.agencies.models import Agency
from careloom.agencies.roles import Role
from careloom.fhir.clients.actions import register, revoke
from careloom.fhir.clients.keys import KeysRefused, read_keys
from careloom.fhir.clients.scopes import every, given
from careloom.fhir.models import SystemClient, Token
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.models import AuditRow
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
MADE: dict[str, Any] = {"name": "EHR", "role": Role.CARE_COORDINATOR, "purpose": "", "scopes": every(Role.CARE_COORDINATOR)}


@pytest.fixture
def hospital(db: None) -> Agency:
    return an_agency(kind=AgencyKind.HOSPITAL)


def registered(agency: Agency, **facts: Any) -> Done | Refused:
    by = viewer(an_administrator(agency))
    with acting_as(by):
        return register(**({**MADE, "jwks": a_jwks(), "request_key": a_key()} | facts), by=by, at=clock.now())


def test_a_system_with_a_token_is_answered_and_nobody_else(hospital: Agency) -> None:
    system = a_system(hospital)
    assert system.get("Patient").status_code == 200
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Basic {system.token}"}, {"Authorization": "Bearer"}):
        answer = Client().get("/fhir/Patient", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.json()["resourceType"] == "OperationOutcome"


def test_a_worker_s_session_opens_nothing(hospital: Agency) -> None:
    browser = Client()
    browser.force_login(a_worker(Role.SUPERVISOR, agency=hospital).worker.user)
    assert browser.get("/fhir/Patient").status_code == 401


def test_a_token_ends_after_five_minutes(hospital: Agency) -> None:
    system = a_system(hospital)
    with clock.at(clock.now() + timedelta(minutes=4, seconds=50)):
        assert system.get("Patient").status_code == 200
    with clock.at(clock.now() + timedelta(minutes=5, seconds=1)):
        assert system.get("Patient").status_code == 401


def test_only_the_hash_of_a_token_is_kept(hospital: Agency) -> None:
    system = a_system(hospital)
    assert system.token not in str(Token.objects.values_list())


def test_a_signed_request_works_once(hospital: Agency) -> None:
    row = a_system(hospital).row
    assertion = an_assertion(row.pk)
    assert ask_token(assertion).status_code == 200
    again = ask_token(assertion)
    assert (again.status_code, again.json()) == (401, {"error": "invalid_client"})


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "http://elsewhere/fhir/token"},
        {"aud": None},
        {"exp": None},
        {"exp": 1},
        {"exp": 9_999_999_999},
        {"exp": 1e400},
        {"exp": "soon"},
        {"jti": None},
        {"jti": ""},
        {"jti": 7},
        {"jti": "x" * 300},
        {"sub": "somebody else"},
        {"nbf": 9_999_999_999},
    ],
    ids=str,
)
def test_a_signed_request_that_does_not_hold_is_refused(hospital: Agency, claims: dict[str, Any]) -> None:
    row = a_system(hospital).row
    answer = ask_token(an_assertion(row.pk, **claims))
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


def test_an_unknown_client_a_wrong_key_and_an_ended_one_are_one_answer(hospital: Agency) -> None:
    row = a_system(hospital).row
    forged = an_assertion(row.pk, kid="other")
    unsigned = jwt.encode({"iss": str(row.pk), "sub": str(row.pk), "aud": "http://testserver/fhir/token", "jti": "1"}, None, algorithm="none")
    shared = jwt.encode({"iss": str(row.pk), "sub": str(row.pk), "jti": "1"}, "k" * 64, algorithm="HS384", headers={"kid": "k1"})
    wrong_kid = jwt.encode({"iss": str(row.pk)}, a_private_key("other"), algorithm="ES384", headers={"kid": "k1"})
    answers = [ask_token(one) for one in (an_assertion(uuid4()), an_assertion("nobody"), forged, unsigned, shared, wrong_kid, "x.y.z", "x")]
    by = viewer(an_administrator(hospital))
    with acting_as(by):
        revoke(client_id=row.pk, by=by, at=clock.now())
    answers.append(ask_token(an_assertion(row.pk)))
    assert {(one.status_code, one.content) for one in answers} == {(401, b'{"error":"invalid_client"}')}


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "authorization_code"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "invalid_request"),
        ({"client_assertion_type": "x"}, "invalid_request"),
        ({"client_assertion": ""}, "invalid_request"),
        ({"client_assertion": "x" * 9000}, "invalid_request"),
        ({"scope": ""}, "invalid_scope"),
        ({"scope": "user/*.rs system/Medication.rs system/Patient.cud system/Patient.sr"}, "invalid_scope"),
    ],
    ids=str,
)
def test_a_form_that_is_not_whole_is_refused(hospital: Agency, form: dict[str, str], error: str) -> None:
    answer = ask_token(an_assertion(a_system(hospital).row.pk), **form)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_a_system_gets_no_more_than_it_was_registered_for(hospital: Agency) -> None:
    system = a_system(hospital, scopes=["system/Goal.rs", "system/Patient.rs"], scope="system/Goal.r system/*.s")
    assert system.get("Goal").status_code == system.get("Patient").status_code == 200
    assert system.get(f"Goal/{uuid4()}").status_code == 404
    assert system.get(f"Patient/{uuid4()}").status_code == 403
    assert system.get("CarePlan").status_code == 403
    assert given(asked="system/*.r", registered=["system/Goal.rs"]) == ("system/Goal.r",)


def test_a_role_that_opens_no_family_page_can_not_be_given(hospital: Agency) -> None:
    assert registered(hospital, role=Role.AGENCY_ADMIN) == Refused(codes=("ROLE",))
    assert registered(hospital, role=Role.CPS_WORKER) == Refused(codes=("ROLE",))
    assert registered(hospital, scopes=["system/Binary.rs"]) == Refused(codes=("SCOPES",))
    assert registered(hospital, scopes=[]) == Refused(codes=("SCOPES",))
    assert registered(hospital, purpose="patient_access") == Refused(codes=("PURPOSE",))
    assert registered(hospital, name="  ") == Refused(codes=("NO_NAME",))


def test_registering_twice_is_once_and_audited(hospital: Agency) -> None:
    key = a_key()
    first, second = registered(hospital, request_key=key), registered(hospital, request_key=key)
    assert first == second
    assert isinstance(first, Done)
    assert SystemClient.objects.filter(agency=hospital).count() == 1
    by = viewer(a_worker(Role.PRIVACY_OFFICER, agency=hospital))
    with acting_as(by):
        assert AuditRow.objects.filter(object_id=first.row_id, action="fhir.client_registered").count() == 1


def test_who_is_no_administrator_registers_and_revokes_nothing(hospital: Agency) -> None:
    system = a_system(hospital)
    by = viewer(a_worker(Role.SUPERVISOR, agency=hospital))
    with acting_as(by):
        assert register(**MADE, jwks=a_jwks(), by=by, at=clock.now(), request_key=a_key()) == Refused(codes=("NOT_ALLOWED",))
        assert isinstance(revoke(client_id=system.row.pk, by=by, at=clock.now()), Refused)
    other = viewer(an_administrator(an_agency()))
    with acting_as(other):
        assert isinstance(revoke(client_id=system.row.pk, by=other, at=clock.now()), Refused)
    assert system.get("Patient").status_code == 200


def test_taking_it_back_ends_its_tokens_at_once(hospital: Agency) -> None:
    system = a_system(hospital)
    by = viewer(an_administrator(hospital))
    with acting_as(by):
        assert revoke(client_id=system.row.pk, by=by, at=clock.now()) == revoke(client_id=system.row.pk, by=by, at=clock.now())
    assert system.get("Patient").status_code == 401


def test_an_agency_that_is_closed_ends_them_too(hospital: Agency) -> None:
    system = a_system(hospital)
    Agency.objects.filter(pk=hospital.pk).update(active=False)
    assert system.get("Patient").status_code == 401


def public_rsa(bits: int) -> dict[str, Any]:
    return json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, bits).public_key()))


def test_rsa_keys_are_taken_too() -> None:
    assert read_keys(json.dumps({"keys": [public_rsa(2048) | {"kid": "r", "x5c": ["not kept"]}]}))["keys"][0].keys() == {"kty", "kid", "n", "e"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no json", "NOT_JSON"),
        ("[" * 5000, "NOT_JSON"),
        ("[]", "NO_KEYS"),
        ('{"keys": []}', "NO_KEYS"),
        ('{"keys": ["x"]}', "NO_KEYS"),
        (json.dumps({"keys": [{"kty": "EC"}] * 11}), "NO_KEYS"),
        ('{"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "s"}]}', "PRIVATE"),
        ('{"keys": [{"kty": "EC", "crv": "P-256", "x": "x", "y": "y", "kid": "s"}]}', "KIND"),
        ('{"keys": [{"kty": "EC", "crv": "P-384", "x": "x", "y": "y", "kid": "s"}]}', "KIND"),
        (a_jwks().replace('"kid"', '"kod"'), "NO_KID"),
    ],
    ids=["text", "deep", "list", "none", "no key", "too many", "a secret", "another curve", "no point", "no id"],
)
def test_a_key_set_that_can_not_be_used_is_refused(text: str, code: str) -> None:
    with pytest.raises(KeysRefused) as refused:
        read_keys(text)
    assert refused.value.code == code


def test_a_weak_key_and_two_keys_of_one_name_are_refused() -> None:
    with pytest.raises(KeysRefused, match="WEAK"):
        read_keys(json.dumps({"keys": [public_rsa(1024) | {"kid": "w"}]}))
    twice = json.loads(a_jwks())["keys"] * 2
    with pytest.raises(KeysRefused, match="NO_KID"):
        read_keys(json.dumps({"keys": twice}))


def test_the_smart_configuration_says_what_the_token_endpoint_does() -> None:
    said = Client().get("/fhir/.well-known/smart-configuration").json()
    assert said["token_endpoint"] == "http://testserver/fhir/token"
    assert set(said["token_endpoint_auth_signing_alg_values_supported"]) == {"ES384", "RS384"}
    assert said["grant_types_supported"] == ["client_credentials"]
