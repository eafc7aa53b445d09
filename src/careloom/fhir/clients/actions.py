"""An administrator registers a system of her agency and takes it back. Each is safe to repeat and writes its audit row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.agencies.reasons import WORDS
from careloom.agencies.roles import PERMISSIONS, Permission, Role, fits
from careloom.fhir.clients.keys import KeysRefused, read_keys
from careloom.fhir.clients.scopes import every
from careloom.fhir.models import SystemClient, Token
from careloom.infra.access import Viewer, require
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record


def roles_for(kind: str) -> tuple[Role, ...]:
    """The roles in which a system of an agency of this kind may read: those that open family pages."""
    return tuple(role for role in Role if fits(role, kind) and Permission.FAMILY_READ in PERMISSIONS[role])


@transaction.atomic
def register(*, name: str, role: str, purpose: str, scopes: Iterable[str], jwks: str, by: Viewer, at: datetime, request_key: str) -> Done | Refused:
    """Register a system of the agency of `by` with its public keys (`jwks`, text). The same `request_key` registers once.

    Refused with NOT_ALLOWED, NO_NAME, ROLE, PURPOSE, SCOPES, or a code of `keys.KeysRefused`.
    """
    require(by)
    if not by.can(Permission.AGENCY_ADMIN) or by.worker_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    # The agency's row is the lock: two presses of one button wait for each other here.
    agency = Agency.objects.select_for_update().get(pk=by.holder_id)
    known = SystemClient.objects.filter(agency=agency, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    wanted, gaps = tuple(scopes), []
    if not said(name, most=80):
        gaps.append("NO_NAME")
    if role not in roles_for(agency.kind):
        gaps.append("ROLE")
    elif not wanted or not set(wanted) <= set(every(Role(role))):
        gaps.append("SCOPES")
    if purpose and purpose not in WORDS:
        gaps.append("PURPOSE")
    keys = _keys(jwks, gaps)
    if gaps:
        return Refused(codes=tuple(gaps))
    made = SystemClient.objects.create(
        agency=agency, name=said(name, most=80), role=role, purpose=purpose, scopes=list(wanted), jwks=keys, made_at=at,
        made_by=by.worker_id, request_key=request_key,
    )  # fmt: skip
    detail: dict[str, object] = {"role": role, "purpose": purpose, "scopes": list(wanted), "keys": [key["kid"] for key in keys["keys"]]}
    record(by=by, at=at, action="fhir.client_registered", object_id=made.pk, detail=detail)
    return Done(row_id=made.pk)


def _keys(text: str, gaps: list[str]) -> dict[str, Any]:
    try:
        return read_keys(text)
    except KeysRefused as refused:
        gaps.append(refused.code)
        return {"keys": []}


@transaction.atomic
def revoke(*, client_id: UUID, by: Viewer, at: datetime) -> Done | Refused:
    """Take a system's access back: its tokens end with it. Doing it twice changes nothing."""
    require(by)
    if not by.can(Permission.AGENCY_ADMIN):
        return Refused(codes=("NOT_ALLOWED",))
    client = SystemClient.objects.select_for_update().filter(pk=client_id, agency_id=by.holder_id).first()
    if client is None:
        return Refused(codes=("NOT_ALLOWED",))
    if client.revoked_at is None:
        client.revoked_at, client.revoked_by = at, by.worker_id
        client.save(update_fields=["revoked_at", "revoked_by"])
        Token.objects.filter(client=client).delete()
        record(by=by, at=at, action="fhir.client_revoked", object_id=client.pk)
    return Done(row_id=client.pk)
