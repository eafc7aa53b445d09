"""The administrator's register of record systems, and the keys by which they know us."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.fhir import an_administrator

from careloom.agencies.models import Agency
from careloom.agencies.roles import Role
from careloom.exchange.fetching import keys
from careloom.exchange.models import Source, SourceKey
from careloom.fhir.clients.keys import read_keys
from careloom.fhir.clients.tokens import ASSERTION_TYPE, Given, NotGiven, give_token
from careloom.fhir.models import SystemClient
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
LIST, NEW = "/agency/sources/", "/agency/sources/register/"


@pytest.fixture
def pine(db: None) -> Agency:
    return an_agency(kind=AgencyKind.COORDINATION_HUB, name="Pine Care Hub")


def a_form(partner: Agency, **changes: Any) -> dict[str, Any]:
    return {
        "name": "St. Agnes records", "discloser": str(partner.pk), "iss": "https://records.test/fhir", "client_id": "pine", "hosts": "",
        "request_key": uuid4().hex,
    } | changes  # fmt: skip


def test_from_the_form_to_the_keys_and_to_the_end(pine: Agency, sign_in: SignIn) -> None:
    browser, partner = sign_in(an_administrator(pine)), an_agency(name="St. Agnes Hospital")
    address = f"/agency/sources/{pine.pk}/jwks.json"
    assert Client().get(address).json() == {"keys": []}
    form = a_form(partner)
    assert browser.post(NEW, form).status_code == 302
    assert browser.post(NEW, form).status_code == 302, "sent twice is one"
    (row,) = Source.objects.all()
    page = browser.get(LIST).content.decode()
    assert "St. Agnes records" in page
    assert address in page
    shown = Client().get(address)
    assert (shown.headers["Content-Type"], len(shown.json()["keys"])) == ("application/jwk-set+json", 1)
    assert "already" in browser.post(NEW, a_form(partner)).content.decode()
    assert browser.post(f"{LIST}key/").status_code == 302
    assert len(Client().get(address).json()["keys"]) == 2
    assert "on its way already" in browser.post(f"{LIST}key/", follow=True).content.decode()
    assert "signs from" in browser.get(LIST).content.decode()
    assert browser.post(f"{LIST}{row.pk}/end/").status_code == 302
    assert "Ended" in browser.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"discloser": ""}, "required"), ({"iss": "http://records.test/fhir"}, "https, without"),
        ({"iss": "https://me:pw@records.test/"}, "https, without"),
        ({"hosts": "https://x/"}, "up to five host names"), ({"client_id": "\x07"}, "client id"), ({"name": " "}, "required"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_registered_is_said(pine: Agency, sign_in: SignIn, changes: dict[str, Any], said: str) -> None:
    answer = sign_in(an_administrator(pine)).post(NEW, a_form(an_agency(), **changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SourceKey.objects.exists()


def test_the_own_agency_is_no_partner(pine: Agency, sign_in: SignIn) -> None:
    assert sign_in(an_administrator(pine)).post(NEW, a_form(pine)).status_code == 422


def test_nobody_but_an_administrator_of_the_agency_has_these_pages(pine: Agency, sign_in: SignIn) -> None:
    sign_in(an_administrator(pine)).post(NEW, a_form(an_agency()))
    row = Source.objects.get()
    worker, other = sign_in(a_worker(Role.CARE_COORDINATOR, agency=pine)), sign_in(an_administrator(an_agency()))
    for path in (LIST, NEW, f"{LIST}{row.pk}/end/"):
        assert worker.get(path).status_code == 404
    assert worker.post(f"{LIST}key/").status_code == 404
    assert other.post(f"{LIST}{row.pk}/end/").status_code == 404
    assert Source.objects.get().ended_at is None


def test_a_server_like_ours_believes_our_proof_once(pine: Agency) -> None:
    """The other side is our own server, which asks what SMART Backend Services asks."""
    hospital, at = an_agency(), clock.outside()
    keys.ensure_key(agency=pine, at=at)
    kept = read_keys(json.dumps(keys.public_keys(pine.pk, at=at)))
    there = SystemClient.objects.create(
        agency=hospital, name="Pine's Careloom", role=Role.HOSPITAL_SOCIAL_WORKER, jwks=kept, scopes=["system/Patient.rs"], made_at=at
    )
    proof = keys.proof(agency_id=pine.pk, client_id=str(there.pk), audience="http://far.test/fhir/token", at=at)
    form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE, "client_assertion": proof, "scope": "system/Patient.rs"}
    assert isinstance(give_token(form=form, audience="http://far.test/fhir/token", at=clock.now()), Given)
    assert isinstance(give_token(form=form, audience="http://far.test/fhir/token", at=clock.now()), NotGiven)


def test_a_practice_clock_that_was_moved_does_not_stop_the_keys(pine: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others compare with the hour that they know."""
    monkeypatch.setattr(clock, "now", lambda: clock.outside() + timedelta(days=40))
    agency_key = keys.ensure_key(agency=pine, at=clock.outside())
    assert keys.proof(agency_id=pine.pk, client_id="c", audience="a", at=clock.outside())
    assert Client().get(f"/agency/sources/{pine.pk}/jwks.json").json()["keys"][0]["kid"] == agency_key.pk.hex
