"""A registered system for tests, with a key of its own, and the requests that it sends."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from django.http import HttpResponse
from django.test import Client
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PLAN, PlanWorld, a_key

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.fhir.clients.actions import register, roles_for
from careloom.fhir.clients.scopes import every
from careloom.fhir.clients.tokens import ASSERTION_TYPE
from careloom.fhir.models import SystemClient
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Done
from careloom.kernel.referral import Kind
from careloom.people.actions import put_family_member
from careloom.plans import actions
from careloom.plans.models import Need, PlanOfSafeCare
from careloom.plans.referrals.actions import send_referral
from careloom.plans.referrals.answers import Ask

BASE = "http://testserver/fhir"


@cache
def a_private_key(kid: str = "k1") -> ec.EllipticCurvePrivateKey:
    """One key for each key id."""
    return ec.generate_private_key(ec.SECP384R1())


def a_jwks(kid: str = "k1") -> str:
    """The public half as text."""
    key = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(a_private_key(kid).public_key()))
    return json.dumps({"keys": [key | {"kid": kid, "alg": "ES384", "use": "sig"}]})


def an_assertion(client_id: UUID | str, *, kid: str = "k1", **claims: Any) -> str:
    """A signed request; a claim of None is left out."""
    now = clock.outside().timestamp()
    held = {"iss": str(client_id), "sub": str(client_id), "aud": f"{BASE}/token", "exp": int(now) + 240, "jti": uuid4().hex} | claims
    return jwt.encode({k: v for k, v in held.items() if v is not None}, a_private_key(kid), algorithm="ES384", headers={"kid": kid})


def ask_token(assertion: str, *, scope: str = "system/*.rs", **form: str) -> HttpResponse:
    """What the token endpoint answers."""
    held = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion, "scope": scope}
    return Client().post("/fhir/token", held | form)


@dataclass
class System:
    """A registered system that holds a token."""

    row: SystemClient
    token: str = ""
    http: Client = field(default_factory=Client)

    def headers(self, **more: str) -> dict[str, str]:
        """What it sends with each request."""
        return {"Authorization": f"Bearer {self.token}", **more}

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Ask `/fhir/path`, or a whole address that the server gave."""
        where = path.removeprefix("http://testserver") if path.startswith("http") else f"/fhir/{path}"
        return self.http.get(where, headers=self.headers(**headers))

    def read(self, path: str) -> Any:
        """The JSON of an answer that is there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.content[:500])
        return answer.json()

    def found(self, path: str) -> list[Any]:
        """The matches of a search."""
        return [one["resource"] for one in self.read(path).get("entry", []) if one["search"]["mode"] == "match"]


def an_administrator(agency: Agency) -> Membership:
    """An administrator of the agency."""
    return a_worker(Role.AGENCY_ADMIN, agency=agency)


def a_system(
    agency: Agency, *, role: Role | None = None, scopes: Iterable[str] | None = None, purpose: str = "", scope: str = "system/*.rs"
) -> System:
    """A system of `agency`, registered by the action that the page uses, with a token from the token endpoint."""
    role = role or roles_for(agency.kind)[0]
    by = viewer(an_administrator(agency))
    with acting_as(by):
        wanted = every(role) if scopes is None else tuple(scopes)
        done = register(name="Record system", role=role, purpose=purpose, scopes=wanted, jwks=a_jwks(), by=by, at=clock.now(), request_key=a_key())
    assert isinstance(done, Done), done
    answer = ask_token(an_assertion(done.row_id), scope=scope)
    assert answer.status_code == 200, answer.content
    return System(row=SystemClient.objects.get(pk=done.row_id), token=answer.json()["access_token"])


@dataclass
class FhirWorld:
    """A family of Riverbend with a plan that Harbor may read, and one that nobody else may."""

    world: PlanWorld = field(default_factory=PlanWorld)

    def __post_init__(self) -> None:
        """Make the family, its plan with a goal, a need, a referral and a team, and Harbor's consent."""
        self.mother = self.world.a_mother(given_name="Maribel", family_name="Ortega-Ruiz", phone="555-0101", address="1 Elm", county="Pine")
        self.plan = self.world.a_plan(mother_id=self.mother, agreed=True)
        self.fill(self.plan)
        self.consent = self.world.share(self.plan, to=self.world.bea, information=PLAN).consent

    def fill(self, plan: PlanOfSafeCare) -> None:
        """A goal, a need with a referral to Harbor, an aunt on the team and in the family."""
        by, at = viewer(self.world.dana), self.world.at
        with acting_as(by):
            actions.add_goal(by=by, at=at, plan_id=plan.pk, words="Her own door", request_key=a_key())
            need = actions.add_need(by=by, at=at, plan_id=plan.pk, code="HOUSING", her_choice="YES", request_key=a_key())
            actions.add_team_member(by=by, at=at, plan_id=plan.pk, name="Aunt Rosa", role="FAMILY", request_key=a_key())
            assert isinstance(need, Need)
            ask = Ask(kind=Kind.LINK, organization="Hope Street")
            send_referral(by=by, at=at, need_id=need.pk, ask=ask, request_key=a_key())
            put_family_member(by=by, at=at, identity_id=plan.identity_id, name="Aunt Rosa", relation="aunt", kind="KIN")
