"""Gives a token for a signed request (SMART Backend Services, RFC 6749 4.4) and finds the client that holds one.

The answer to an unknown client, an ended one and a wrong signature is the same.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from careloom.agencies.roles import Role, categories_of, fits, permissions_of
from careloom.fhir.clients.keys import issuer_of, prove
from careloom.fhir.clients.scopes import given
from careloom.fhir.models import SystemClient, Token, UsedAssertion
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, Viewer, acting_as
from careloom.infra.audit.actions import record
from careloom.kernel.agency_kinds import AgencyKind

LASTS = timedelta(minutes=5)
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
MOST_ASSERTION = 8_000


@dataclass(frozen=True, kw_only=True)
class Given:
    """A token as it goes out, once."""

    token: str
    scopes: tuple[str, ...]
    seconds: int = int(LASTS.total_seconds())


@dataclass(frozen=True, kw_only=True)
class NotGiven:
    """An error of RFC 6749 5.2."""

    error: str


@dataclass(frozen=True, kw_only=True)
class Bearer:
    """Who asks with a token: the client, the viewer that it is, and its scopes."""

    client: SystemClient
    viewer: Viewer
    scopes: tuple[str, ...]


@transaction.atomic
def give_token(*, form: Mapping[str, str], audience: str, at: datetime) -> Given | NotGiven:
    """A token for the signed request in `form`, made for the address `audience`; or why not."""
    if form.get("grant_type") != "client_credentials":
        return NotGiven(error="unsupported_grant_type" if form.get("grant_type") else "invalid_request")
    assertion = form.get("client_assertion", "")
    if form.get("client_assertion_type") != ASSERTION_TYPE or not 0 < len(assertion) <= MOST_ASSERTION:
        return NotGiven(error="invalid_request")
    client = _client(issuer_of(assertion))
    if client is None:
        return NotGiven(error="invalid_client")
    signed = prove(assertion=assertion, jwks=client.jwks, client_id=str(client.pk), audience=audience, now=clock.outside())
    if signed is None or not _first_use(client, jti=signed.jti, ends=signed.ends):
        return NotGiven(error="invalid_client")
    scopes = given(asked=form.get("scope", ""), registered=client.scopes)
    if not scopes:
        return NotGiven(error="invalid_scope")
    token = secrets.token_urlsafe(32)
    Token.objects.filter(client=client, ends_at__lte=at).delete()
    Token.objects.create(client=client, token_hash=_hash(token), scopes=list(scopes), given_at=at, ends_at=at + LASTS)
    SystemClient.objects.filter(pk=client.pk).update(last_at=at)
    viewer = viewer_of(client)
    with acting_as(viewer):
        record(by=viewer, at=at, action="fhir.token_given", object_id=client.pk, detail={"scopes": list(scopes)})
    return Given(token=token, scopes=scopes)


def bearer_of(*, token: str, at: datetime) -> Bearer | None:
    """Who holds `token` now, or None. One query. The agency, the role and the registration are read at each request, as a worker's are."""
    live = Token.objects.filter(token_hash=_hash(token), ends_at__gt=at, client__revoked_at=None, client__agency__active=True)
    found = live.select_related("client__agency").first()
    return None if found is None else Bearer(client=found.client, viewer=viewer_of(found.client), scopes=tuple(found.scopes))


def viewer_of(client: SystemClient) -> Viewer:
    """The viewer that a system is: its agency in its role. It has no caseload of its own, so it works with all families of the agency.

    INVARIANT: categories are those that the privacy officer lets the role open now, and a role that no longer fits the agency opens nothing.
    """
    agency = client.agency
    roles = frozenset({client.role} if fits(Role(client.role), agency.kind) else ())
    return Viewer(
        principal_id=agency.pk,
        kind=PrincipalKind.AGENCY,
        purpose=client.purpose or AgencyKind(agency.kind).purpose,
        holder_id=agency.pk,
        whole_agency=bool(roles),
        roles=roles,
        permissions=permissions_of(roles),
        categories=categories_of(roles, opens=agency.opens),
    )


def _client(named: str) -> SystemClient | None:
    try:
        client_id = UUID(named)
    except ValueError:
        return None
    return SystemClient.objects.select_related("agency").filter(pk=client_id, revoked_at=None, agency__active=True).first()


def _first_use(client: SystemClient, *, jti: str, ends: float) -> bool:
    """Note that this signed request was used; False where it was used before. What has ended is forgotten."""
    until = datetime.fromtimestamp(ends, tz=UTC)
    UsedAssertion.objects.filter(client=client, ends_at__lt=clock.outside() - timedelta(minutes=1)).delete()
    row = UsedAssertion(client=client, jti_hash=_hash(jti), ends_at=until)
    UsedAssertion.objects.bulk_create([row], ignore_conflicts=True)
    return UsedAssertion.objects.filter(pk=row.pk).exists()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
