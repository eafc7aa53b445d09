"""Every address, found in the resolver: strangers are led to sign in, and a role without the permission finds nothing there."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from tests.architecture.addresses import Address, addresses
from tests.factories.agencies import a_worker

from careloom.agencies.gate import CLOSED_NAMES, FIRST_NAMES, PUBLIC_NAMES, Door, door_of
from careloom.agencies.roles import PERMISSIONS, Role
from careloom.exchange.hsds_api.resources import RESOURCES
from careloom.infra.access import acting_as, system
from careloom.infra.access.scope import System

ALL = addresses()
pytestmark = pytest.mark.django_db

# The only addresses of ours that nobody needs to be signed in for. A new one is a decision: write here why it is right.
PUBLIC_HERE = {
    "portal:link": "the mother's single-use link; the page is the same for every token",
    "portal:sign_in": "where the mother types her PIN; one neutral page without a link or a known phone",
    "portal:leave": "leaves fast: ends her session and leads to a neutral site",
    "portal:demo": "the practice mothers' own door; 404 in a live world",
    "portal:demo_enter": "the practice mothers' own door; 404 in a live world",
    "agencies:no_account": "says whom to ask when a provider's account belongs to nobody here",
    "agencies:demo": "the practice county's sign-in; 404 in a live world",
    "agencies:demo_enter": "the practice county's sign-in; 404 in a live world",
    "messages:feed": "a calendar program reads hours by a secret address; the words are Visit or Meeting",
    "sources:jwks": "the public keys of an agency, for the record systems that it fetches from",
    "fhir:metadata": "says what the FHIR server can do, for every system",
    "fhir:openapi": "describes the server to programs",
    "fhir:smart": "says where a system gets its token, for every system",
    "fhir:token": "a system proves itself by its registered key",
    **dict.fromkeys(
        ("fhir:export_patients", "fhir:export_group", "fhir:export", "fhir:export_file"), "answers 401 without the token of a registered system"
    ),
    "sso:find": "finds an agency's own sign-in by the end of a work e-mail, and says nothing of anybody",
    "sso:start": "leads to an agency's own sign-in",
    "sso:back": "takes the signed answer of an agency's own sign-in, once",
    "sso:metadata": "describes this installation to identity providers",
    "fhir:binary": "answers 401 without the token of a registered system",
    "fhir:root": "answers 401 without the token of a registered system",
    "fhir:server": "answers 401 without the token of a registered system",
    "commons:survey_answer": "a member or a family answers an anonymous questionnaire with a code",
    "hsds:about": "the directory of services is public: what the API is",
    "hsds:openapi": "the directory of services is public: its description",
    "hsds:datapackage": "the directory of services is public: all of it as one file, without places where people hide",
    "hsds:nothing": "the directory of services is public: an address that it does not have",
    **dict.fromkeys(
        (f"hsds:{kind}{one}" for kind in RESOURCES for one in ("", "_one")),
        "the directory of services is public: no person is in it, and no place where people hide",
    ),
    "referral_page:page": "a partner without an account answers one referral through a one-time link",
}


def door(address: Address) -> Door:
    return door_of(view=address.view, name=address.name)


def of_kind(*doors: Door) -> list[object]:
    return [pytest.param(a, id=str(a)) for a in ALL if door(a) in doors]


def asked(client: Client, path: str) -> HttpResponse:
    """What the address answers: to a reader, or where it takes forms only, to an empty form."""
    answer = client.get(path)
    return client.post(path) if answer.status_code == 405 else answer


def masked(answer: HttpResponse) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers without what differs between two equal answers."""
    body = re.sub(r'(csrfmiddlewaretoken" value|data-csrf|nonce)="[^"]*"', r'\1=""', answer.content.decode())
    headers = {key: value for key, value in answer.headers.items() if key not in {"Date", "X-Request-Id"}}
    return answer.status_code, body, headers


def test_each_path_leads_to_its_own_address() -> None:
    assert len(ALL) > 40
    wrong = [a.name for a in ALL if resolve(a.path).view_name != a.name]
    # allauth keeps old addresses without a name; one of ours that another one shadows would never be reached.
    assert [name for name in wrong if name and not name.startswith("account_")] == []


@pytest.mark.parametrize("address", of_kind(Door.WORKER, Door.FIRST, Door.NO_AGENCY, Door.SET_UP, Door.LOCKED, Door.CLOSED))
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_led_to_sign_in(client: Client, address: Address, method: str) -> None:
    answer = getattr(client, method)(address.path)
    assert answer.status_code == 302
    assert urlsplit(answer.headers["Location"]).path == reverse("account_login")
    assert answer.content == b""


@pytest.mark.parametrize("address", of_kind(Door.OWN))
def test_a_face_with_its_own_sign_in_leads_strangers_there(client: Client, address: Address) -> None:
    answer = client.get(address.path)
    assert answer.status_code == 302
    assert urlsplit(answer.headers["Location"]).path == reverse(address.view.careloom_sign_in)  # type: ignore[attr-defined]


def test_what_is_public_is_listed_with_a_reason() -> None:
    known = PUBLIC_NAMES | PUBLIC_HERE
    unknown = {a.name for a in ALL if door(a) is Door.PUBLIC} - known.keys()
    assert unknown == set(), "These are open to everybody. Guard them, or say in PUBLIC_HERE why they are."
    assert all(len(reason) > 15 for reason in known.values())
    marked = [a for a in ALL if hasattr(a.view, "careloom_reason")]
    assert [a.name for a in marked if len(a.view.careloom_reason) < 15] == []  # type: ignore[attr-defined]


def test_a_listed_public_address_exists() -> None:
    names = {a.name for a in ALL}
    assert (PUBLIC_NAMES | PUBLIC_HERE).keys() - names == set()
    assert names >= CLOSED_NAMES | FIRST_NAMES


@pytest.mark.parametrize("address", of_kind(Door.PUBLIC))
def test_a_public_address_shows_a_stranger_no_family(client: Client, address: Address) -> None:
    answer = client.get(address.path)
    assert answer.status_code in {200, 302, 401, 404, 405, 410}
    assert "_auth_user_id" not in client.session


def test_views_that_need_a_permission_say_so() -> None:
    """A worker's view has a permission, or stands here because every worker may open it."""
    everyone = {"agencies:me", "agencies:workstation", "desk:today", "desk:home", "desk:root", "words"}
    # One of two permissions: an administrator asks, a privacy officer may confirm. `departing.queries` asks at each read (test_asking.py).
    everyone |= {"departing:home", "departing:one", "departing:decide", "departing:download"}
    bare = {a.name for a in ALL if a.name and door(a) is Door.WORKER and not getattr(a.view, "careloom_needs", None)} - everyone
    assert bare == set(), "Give these views @needs(Permission...), or list them as open to every worker."


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_permission_finds_nothing_there(role: Role) -> None:
    member, client = a_worker(role), Client()
    client.force_login(member.worker.user)
    held = {permission.value for permission in PERMISSIONS[role]}
    nowhere = masked(client.get("/no/such/page/"))
    assert nowhere[0] == 404
    refused = [a for a in ALL if not getattr(a.view, "careloom_needs", frozenset()) <= held]
    assert refused or role is Role.SUPERVISOR
    differ = [a.name for a in refused if masked(asked(client, a.path)) != nowhere]
    assert differ == []


@pytest.mark.parametrize("role", list(Role))
def test_a_role_with_the_permission_gets_past_the_gate(role: Role) -> None:
    """The pair of the test above: what the role may open is either there, or says of a made-up id that nothing is there."""
    member, client = a_worker(role), Client()
    client.force_login(member.worker.user)
    held = {permission.value for permission in PERMISSIONS[role]}
    plain = [a for a in ALL if getattr(a.view, "careloom_needs", None) and a.view.careloom_needs <= held]  # type: ignore[attr-defined]
    with acting_as(system(System.IMPORT)):
        broken = [(a.name, status) for a in plain if (status := asked(client, a.path).status_code) not in {200, 302, 400, 404, 409, 422}]
    assert broken == []
